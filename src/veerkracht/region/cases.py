"""Cases: examples of a programme with their outcome, that a lawyer can read and extend, run as tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from veerkracht.region.assessment_cases import run_instrument_cases
from veerkracht.region.case_facts import Vocabulary, complete_row, read_facts
from veerkracht.region.case_outcomes import OUTCOMES, Setting
from veerkracht.region.case_results import CaseResult, difference, name_of
from veerkracht.region.faults import RegionFault
from veerkracht.region.folder import Reading
from veerkracht.region.model import Region
from veerkracht.region.reader import Faults, Reader, one_of
from veerkracht.rulebook.errors import Fault


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
    if "instrument" in reader.data:
        return run_instrument_cases(region.assessments, reader)
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
    vocabulary = Vocabulary.of(programme, region.areas)
    common = read_facts(defaults, vocabulary) if defaults else {}
    cases = reader.tables("case")
    if not cases:
        reader.fault("case", "The file has no cases.", "nothing", "[[case]] tables")
    reader.done()
    results = [_run_case(case, vocabulary, common) for case in cases]
    return [result for result in results if result is not None]


def _run_case(reader: Reader, vocabulary: Vocabulary, common: dict[str, Any]) -> CaseResult | None:
    before = len(reader.faults.all)
    try:
        setting = _setting(reader, vocabulary, common)
    except Fault as fault:
        reader.fault("request", "The request of this case can't be.", str(fault), "facts that go together")
        setting = None
    expect = reader.table("expect", required=True)
    name = name_of(reader)
    reader.string("why", required=False)
    reader.done()
    if expect is None or setting is None or len(reader.faults.all) > before:
        return None
    _check_expectations(expect)
    differences = tuple(_compare(expect, setting)) if len(reader.faults.all) == before else ()
    return CaseResult(
        reader.file, reader.document.line(reader.path), name, vocabulary.programme.id, differences
    )


def _check_expectations(expect: Reader) -> None:
    if not expect.data:
        expect.fault(None, "This case expects nothing.", "nothing", one_of([*OUTCOMES, "fault"]))
    for key in expect.data:
        if key not in OUTCOMES and key != "fault":
            expect.fault(key, "A case can't expect this.", key, one_of([*OUTCOMES, "fault"], key))
    expect.string("fault", required=False)


def _compare(expect: Reader, setting: Setting) -> list[RegionFault]:
    """What comes out otherwise than expected; a refusal is right when its words were expected."""
    refusal = str(expect.data.get("fault", ""))
    differences, refused = [], False
    expected = {key: wanted for key, wanted in expect.data.items() if key != "fault"}
    # Of a case that only expects a refusal, what it is about is tried.
    tried = expected or {"eligible" if setting.money_cents is None else "granted": None}
    for key, wanted in tried.items():
        try:
            found = OUTCOMES[key](setting)
        except Fault as fault:
            refused = True
            if not refusal or refusal not in str(fault):
                differences.append(
                    difference(expect, key if expected else "fault", str(fault), wanted or refusal)
                )
            continue
        if key in expected and found != wanted:
            differences.append(difference(expect, key, found, wanted))
    if refusal and not refused:
        differences.append(difference(expect, "fault", "no refusal", refusal))
    return differences


def _setting(reader: Reader, vocabulary: Vocabulary, common: dict[str, Any]) -> Setting | None:
    on = reader.day("on")
    known = reader.day("known", required=False)
    request = reader.table("request")
    rows = [read_facts(request, vocabulary) if request else {}]
    rows += [read_facts(other, vocabulary) for other in reader.tables("others")]
    money = _cents(reader, "money")
    envelopes = reader.table("envelopes")
    basis = reader.choice("basis", ("programme", "expansion"), "programme")
    given = {key: _cents(envelopes, key) or 0 for key in envelopes.data} if envelopes else None
    if on is None:
        return None
    programme = vocabulary.programme
    complete = [
        complete_row(programme, number, {**common, **row}, on, known or on)
        for number, row in enumerate(rows, 1)
    ]
    ids = [row["id"] for row in complete]
    if len(set(ids)) < len(ids):
        reader.fault(
            "others", "Two requests have the same id.", ", ".join(map(str, ids)), "an id of its own for each"
        )
    return Setting(programme, on, known or on, complete, vocabulary.columns, money, given, basis)


def _cents(reader: Reader, key: str) -> int | None:
    amount = reader.number(key, required=False)
    return None if amount is None else round(amount * 100)
