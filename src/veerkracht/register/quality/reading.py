"""A CSV file of values read: every row that could be reported, and every fault with its line and field."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from veerkracht.region import RegionFault
from veerkracht.region.csv_lines import Row, decoded, rows
from veerkracht.region.reader import Faults
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality.access import (
    covers,
    is_of,
    list_own_organisations,
    list_own_services,
)
from veerkracht.register.quality.measured import Measured, Wrong, indicator_of, wrongs_of
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.writing import is_same, standing, wrong_beside
from veerkracht.register.supply.models import Service

COLUMNS = (
    "organisation",
    "service",
    "indicator",
    "from",
    "until",
    "numerator",
    "denominator",
    "spread",
    "stratum",
    "source",
)
# What an export adds; an import passes it over.
BESIDE = ("version", "recorded_at", "fictitious")
MOST_ROWS = 20_000
LARGEST = 5_000_000


@dataclass(frozen=True)
class Read:
    """One row that can be reported."""

    line: int
    organisation: Organisation
    measured: Measured


@dataclass(frozen=True)
class Report:
    """What became of a file: `rows` that it has, `already` there just so, `added`, and what is wrong."""

    file: str
    fingerprint: str
    rows: int
    already: int
    faults: tuple[RegionFault, ...]
    added: int = 0

    def written(self, added: int) -> "Report":
        return replace(self, added=added)


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be reported, and the report on all of it; nothing is written."""
    faults = Faults()
    fingerprint = hashlib.sha256(data).hexdigest()
    text = decoded(data, file, faults, largest=LARGEST, columns=COLUMNS)
    lines = list(rows(file, text, COLUMNS, faults, BESIDE)) if text else []
    if len(lines) > MOST_ROWS:
        faults.add(file, 0, "", "The file has too many rows.", len(lines), f"at most {MOST_ROWS}")
        return [], Report(file, fingerprint, len(lines), 0, tuple(faults.all))
    known = _Known(by)
    found = [row for row in (known.row(line) for line in lines) if row]
    there = list(standing(row.organisation for row in found).select_related("organisation", "service"))
    new = _new(found, there, file, faults)
    already = len(found) - len(new) if not faults.all else 0
    return new, Report(file, fingerprint, len(lines), already, tuple(sorted(set(faults.all))))


def _new(found: list[Read], there: list[IndicatorValue], file: str, faults: Faults) -> list[Read]:
    """The rows that are not there yet; one whose period overlaps another's, there or in the file, is a fault."""
    by_key = {_key_of(one): one for one in there}
    new, in_file = [], dict[tuple[object, ...], int]()
    for row in found:
        key = _key(row)
        first = in_file.setdefault(key, row.line)
        if first != row.line:
            expected = f"each value once (see line {first})"
            faults.add(file, row.line, "from", "This value stands there twice.", row.measured.from_, expected)
        elif key in by_key and is_same(by_key[key], row.measured):
            continue
        else:
            _add(faults, file, row.line, wrong_beside(row.measured, row.organisation, there))
            new.append(row)
    return new


def _add(faults: Faults, file: str, line: int, wrongs: Iterable[Wrong]) -> None:
    for wrong in wrongs:
        faults.add(file, line, wrong.field, "This can't be.", wrong.found, wrong.expected.en)


def _key(row: Read) -> tuple[object, ...]:
    said = row.measured
    return row.organisation.pk, said.service.pk if said.service else None, said.indicator, said.from_


def _key_of(value: IndicatorValue) -> tuple[object, ...]:
    return value.organisation_id, value.service_id, value.indicator, value.from_date


class _Known:
    """The organisations and services for which somebody may report, by how a file names them."""

    def __init__(self, by: Actor):
        self.by = by
        organisations = list(list_own_organisations(by))
        self.organisations = {one.name: one for one in organisations}
        self.organisations |= {one.enterprise_number: one for one in organisations if one.enterprise_number}
        self.services = {(one.organisation_id, one.name): one for one in list_own_services(by)}

    def row(self, row: Row) -> Read | None:
        """What a row reports; None, with its faults noted, when that can't be."""
        before = len(row.faults.all)
        named = row.text("organisation")
        organisation = self.organisations.get(named)
        if named and (organisation is None or not is_of(self.by, organisation.pk)):
            row.fault(
                "organisation",
                "There is no such organisation of yours.",
                named,
                "a name or enterprise number",
            )
        service = self._service(row, organisation)
        from_, until = row.day("from"), row.day("until")
        numerator, spread = _decimal(row, "numerator"), _decimal(row, "spread", required=False)
        denominator, source = row.integer("denominator", low=1), row.text("source")
        if len(row.faults.all) > before:
            return None
        if not (organisation and from_ and until and denominator) or numerator is None:
            return None
        measured = Measured(
            indicator=row.text("indicator"),
            from_=from_,
            until=until,
            numerator=numerator,
            denominator=denominator,
            source=source,
            spread=spread,
            stratum=row.text("stratum", required=False),
            service=service,
        )
        _add(row.faults, row.file, row.line, wrongs_of(measured, clock.today()))
        if len(row.faults.all) > before:
            return None
        if not covers(self.by, indicator_of(measured.indicator)):
            row.fault(
                "indicator", "This is not of your programme.", measured.indicator, "one of your programme"
            )
            return None
        return Read(row.line, organisation, measured)

    def _service(self, row: Row, organisation: Organisation | None) -> Service | None:
        name = row.text("service", required=False)
        if not name or organisation is None:
            return None
        service = self.services.get((organisation.pk, name))
        if service is None:
            row.fault(
                "service", "This organisation has no such service.", name, "the name of a service, or nothing"
            )
        return service


def _decimal(row: Row, field: str, *, required: bool = True) -> Decimal | None:
    text = row.text(field, required=required)
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        row.fault(field, "This is not a number.", text, "a number with a point, such as 12 or 12.5")
        return None
    return value
