"""Reads budget lines and their credits, which a file says itself or a series of published figures does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from veerkracht.region.figures import Figures
from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.money.amounts import Amounts, read_year
from veerkracht.region.money.model import VERSIONS, Line, LineCreditStated
from veerkracht.region.money.published import Row, source_of
from veerkracht.region.reader import Reader

_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
Credits = dict[tuple[int, str], LineCreditStated]


def read_line(reader: Reader, amounts: Amounts, figures: Figures) -> Line:
    code = reader.string("code")
    if code and not _CODE.fullmatch(code):
        reader.fault("code", "This can't be a code.", code, "capitals, digits and single hyphens")
    begins = reader.day("from")
    return Line(
        code=code,
        name=reader.words("name"),
        measure=reader.string("measure"),
        programme=reader.string("programme", required=False),
        article=reader.string("article", required=False),
        area=reader.string("area", required=False),
        from_date=begins or UNREAD_DATE,
        credits=_credits(reader, amounts, begins, _of_series(reader, figures)),
        note=reader.words("note", required=False),
    )


def _credits(
    reader: Reader, amounts: Amounts, begins: date | None, found: Credits
) -> tuple[LineCreditStated, ...]:
    """Those of the tables beside those found already, by year and in the order of their versions."""
    for table in reader.tables("credit"):
        credit = _credit(table, amounts)
        if (credit.year, credit.version) in found:
            said = f"{credit.version} of {credit.year}"
            table.fault("version", "This version of the year is there twice.", said, "one each")
        if begins and 0 < credit.year < begins.year:
            expected = f"{begins.year} or later"
            table.fault("year", "This credit is of a year before the line.", credit.year, expected)
        found[credit.year, credit.version] = credit
        table.done()
    return tuple(sorted(found.values(), key=lambda one: (one.year, VERSIONS.index(one.version))))


def _credit(table: Reader, amounts: Amounts) -> LineCreditStated:
    source, _ = table.origin()
    if not {"commitment", "payment"} & table.data.keys():
        expected = "commitment (VAK), payment (VEK) or both"
        table.fault("commitment", "This says nothing of a credit.", "nothing", expected)
    return LineCreditStated(
        year=read_year(table),
        version=table.choice("version", VERSIONS),
        commitment_cents=amounts.cents(table, "commitment", required=False),
        payment_cents=amounts.cents(table, "payment", required=False),
        source=source,
        note=table.words("note", required=False),
    )


def _of_series(reader: Reader, figures: Figures) -> Credits:
    """What published figures say: series `<series>.<version>.commitments` and `….payments`, one figure a year."""
    series = reader.string("series", required=False)
    found = [
        credit
        for version in (VERSIONS if series else ())
        for credit in _of_version(figures, f"{series}.{version}", version)
    ]
    if series and not found:
        expected = f"figures of series such as {series}.initial.commitments"
        reader.fault("series", "There are no figures of this series.", series, expected)
    return {(credit.year, credit.version): credit for credit in found}


def _of_version(figures: Figures, series: str, version: str) -> Iterator[LineCreditStated]:
    rows: dict[int, dict[str, Row]] = {}
    for part in ("commitments", "payments"):
        for row in figures.series(f"{series}.{part}").to_dicts():
            rows.setdefault(row["date"].year, {})[part] = row
    for year, of_year in rows.items():
        yield LineCreditStated(
            year=year,
            version=version,
            commitment_cents=_cents(of_year.get("commitments")),
            payment_cents=_cents(of_year.get("payments")),
            source=source_of(next(iter(of_year.values()))),
        )


def _cents(row: Row | None) -> int | None:
    return None if row is None else int(Decimal(str(row["value"])) * 100)
