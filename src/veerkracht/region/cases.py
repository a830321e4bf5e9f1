"""Cases: examples of a programme with their outcome, that a lawyer can read and extend, run as tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from veerkracht.region.case_outcomes import OUTCOMES, Setting, points_of
from veerkracht.region.faults import RegionFault
from veerkracht.region.loading import Reading
from veerkracht.region.model import Region
from veerkracht.region.reader import Faults, Reader, one_of, shown
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.tables import STANDARD, WAITING
from veerkracht.rulebook.types import Programme
from veerkracht.rulebook.validation import declared


@dataclass(frozen=True)
class CaseResult:
    """How a case came out. `differences`: a fault for each thing that is not as expected; none is right."""

    file: str
    line: int
    name: str
    programme: str
    differences: tuple[RegionFault, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_cases(region: Region) -> tuple[list[CaseResult], list[RegionFault]]:
    """Run every case of a region's folder: the results, and the faults in the form of the case files."""
    reading = Reading(region.folder, Faults())
    results: list[CaseResult] = []
    for path in sorted((region.folder / "cases").glob("*.toml")):
        reader = reading.toml(path)
        if reader is not None:
            results.extend(_run_file(region, reader))
    return results, sorted(set(reading.faults.all))


def _run_file(region: Region, reader: Reader) -> list[CaseResult]:
    programme_id = reader.string("programme", required=False) or Path(reader.file).stem
    programme = region.programmes.get(programme_id)
    if programme is None:
        reader.fault(
            "programme",
            "There is no such programme.",
            programme_id,
            one_of(sorted(region.programmes), programme_id),
        )
        return []
    defaults = reader.table("defaults")
    common = _facts(defaults, programme) if defaults else {}
    cases = reader.tables("case")
    if not cases:
        reader.fault("case", "The file has no cases.", "nothing", "[[case]] tables")
    reader.done()
    results = [_run_case(case, programme, common) for case in cases]
    return [result for result in results if result is not None]


def _run_case(reader: Reader, programme: Programme, common: dict[str, Any]) -> CaseResult | None:
    before = len(reader.faults.all)
    try:
        setting = _setting(reader, programme, common)
    except Fault as fault:
        reader.fault("request", "The request of this case can't be.", str(fault), "facts that go together")
        setting = None
    expect = reader.table("expect", required=True)
    name = _name(reader)
    reader.string("why", required=False)
    reader.done()
    if expect is None or setting is None or len(reader.faults.all) > before:
        return None
    for key in expect.data:
        if key not in OUTCOMES and key != "fault":
            expect.fault(key, "A case can't expect this.", key, one_of([*OUTCOMES, "fault"], key))
    differences = tuple(_compare(expect, setting)) if len(reader.faults.all) == before else ()
    return CaseResult(reader.file, reader.document.line(reader.path), name, programme.id, differences)


def _name(reader: Reader) -> str:
    if isinstance(reader.data.get("name"), dict):
        return reader.words("name").en
    return reader.string("name")


def _compare(expect: Reader, setting: Setting) -> list[RegionFault]:
    wanted_fault = expect.data.get("fault")
    differences = []
    for key, wanted in expect.data.items():
        if key == "fault":
            continue
        try:
            found = OUTCOMES[key](setting)
        except Fault as fault:
            if not (wanted_fault and wanted_fault in str(fault)):
                differences.append(_difference(expect, key, str(fault), wanted))
            continue
        if found != wanted:
            differences.append(_difference(expect, key, found, wanted))
    if wanted_fault and set(expect.data) == {"fault"}:
        differences.extend(_compare_fault(expect, setting, str(wanted_fault)))
    return differences


def _compare_fault(expect: Reader, setting: Setting, wanted: str) -> list[RegionFault]:
    try:
        OUTCOMES["granted" if setting.money_cents is not None else "eligible"](setting)
    except Fault as fault:
        return [] if wanted in str(fault) else [_difference(expect, "fault", str(fault), wanted)]
    return [_difference(expect, "fault", "no refusal", wanted)]


def _difference(expect: Reader, key: str, found: object, wanted: object) -> RegionFault:
    path = (*expect.path, key)
    name = expect.document.data["case"][int(expect.path[1])].get("name", "")
    return RegionFault(
        expect.file, expect.document.line(path), f"case “{shown(name)}” {key}", shown(found), shown(wanted),
        "The case comes out otherwise.",
    )  # fmt: skip


def _setting(reader: Reader, programme: Programme, common: dict[str, Any]) -> Setting | None:
    on = reader.day("on")
    known = reader.day("known", required=False)
    request = reader.table("request")
    rows = [_facts(request, programme) if request else {}]
    rows += [_facts(other, programme) for other in reader.tables("others")]
    money = reader.number("money", required=False)
    envelopes = reader.table("envelopes")
    basis = reader.choice("basis", ("programme", "expansion"), "programme")
    if on is None:
        return None
    return Setting(
        programme=programme,
        on=on,
        known=known or on,
        rows=[
            _complete(programme, number, {**common, **row}, on, known or on)
            for number, row in enumerate(rows, 1)
        ],
        columns=_columns(programme),
        money_cents=None if money is None else round(money * 100),
        envelopes={key: round(float(value) * 100) for key, value in envelopes.data.items()}
        if envelopes
        else None,
        basis=basis,
    )


def _columns(programme: Programme) -> dict[str, pl.DataType]:
    return {name: kind for name, (kind, _) in STANDARD.items()} | {
        name: kind for name, kind in declared(programme).items() if name not in ("on", "age")
    }


def _facts(reader: Reader, programme: Programme) -> dict[str, Any]:
    """The facts of a request in a case, each of a known column and of its type."""
    columns = _columns(programme)
    facts: dict[str, Any] = {}
    for key, value in reader.data.items():
        if key not in columns:
            reader.fault(key, "There is no such column.", key, one_of(list(columns), key))
        elif not _fits(value, columns[key]):
            reader.fault(key, "This has the wrong type.", value, _EXPECTED[columns[key]])
        else:
            facts[key] = value
    return facts


_EXPECTED: dict[pl.DataType, str] = {
    pl.Int64(): "a whole number",
    pl.Float64(): "a number",
    pl.String(): "a text",
    pl.Date(): "a date such as 2024-01-31, without quotes",
    pl.Boolean(): "true or false",
}


def _fits(value: object, kind: pl.DataType) -> bool:
    if isinstance(value, bool) or kind == pl.Boolean:
        return isinstance(value, bool) and kind == pl.Boolean
    wanted: dict[pl.DataType, type | tuple[type, ...]] = {
        pl.Int64(): int, pl.Float64(): (int, float), pl.String(): str, pl.Date(): date,
    }  # fmt: skip
    return isinstance(value, wanted[kind])


def _complete(
    programme: Programme, number: int, facts: dict[str, Any], on: date, known: date
) -> dict[str, Any]:
    """The row of a request: what it states, and what goes without saying (docs/writing-a-programme.md)."""
    id_ = facts.get("id", number)
    row: dict[str, Any] = {
        "id": id_, "person": id_, "bundle": id_, "kind": next(iter(programme.kinds), ""), "state": WAITING,
        "route": "", "priority_group": 0, "points_held": 0.0, "partial": False, "converted": False, **facts,
    }  # fmt: skip
    if "category" in row and "points" not in row:
        row["points"] = points_of(programme, row, on, known)
    return row
