"""Cases of an instrument: answers, and the category that must follow, which a doctor can read and extend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from veerkracht.region.assessments import Assessments, Instrument
from veerkracht.region.case_results import CaseResult, difference, name_of
from veerkracht.region.faults import RegionFault
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.scoring import opened_by, outcome_of, wrongs

# What a case can expect: a category, the answer that is refused (an item, or "items" for none), or what it opens.
_EXPECTED = ("category", "refused", "opens")


def run_instrument_cases(assessments: Assessments | None, reader: Reader) -> list[CaseResult]:
    """Run the cases of a file that names an instrument; faults in their form are noted."""
    known = assessments.instruments if assessments else {}
    instrument = known.get(reader.choice("instrument", known or ("",)))
    common = reader.table("defaults")
    answers = common.data if common else {}
    cases = reader.tables("case")
    if not cases:
        reader.fault("case", "The file has no cases.", "nothing", "[[case]] tables")
    reader.done()
    if assessments is None or instrument is None:
        return []
    results = [_run(case, assessments, instrument, answers) for case in cases]
    return [result for result in results if result is not None]


def _run(
    reader: Reader, assessments: Assessments, instrument: Instrument, common: Mapping[str, object]
) -> CaseResult | None:
    before = len(reader.faults.all)
    name = name_of(reader)
    reader.string("why", required=False)
    on = reader.day("on", required=False)
    given = reader.table("items")
    expect = reader.table("expect", required=True)
    reader.done()
    if expect is None or len(reader.faults.all) > before:
        return None
    for key in expect.data:
        if key not in _EXPECTED:
            expect.fault(key, "A case can't expect this.", key, one_of(_EXPECTED, key))
    # `items = {}` is a case in which nobody answered anything.
    answers = {} if given is not None and not given.data else {**common, **(given.data if given else {})}
    differences = tuple(_compare(expect, _found(assessments, instrument, answers, on)))
    return CaseResult(reader.file, reader.document.line(reader.path), name, instrument.id, differences)


def _found(
    assessments: Assessments, instrument: Instrument, answers: Mapping[str, object], on: date | None
) -> dict[str, object]:
    """What came out. `on`: the day on which it is asked what the result opens; None: it is not asked."""
    wrong = next(wrongs(instrument, answers), None)
    if wrong is not None:
        return {"refused": wrong.field}
    category = outcome_of(instrument, answers)
    if on is None:
        return {"category": category}
    opened = opened_by(assessments, instrument, answers, category, on)
    return {"category": category, "opens": [one.id for one in opened]}


def _compare(expect: Reader, found: Mapping[str, object]) -> Iterator[RegionFault]:
    for key, wanted in expect.data.items():
        if key in _EXPECTED and found.get(key) != wanted:
            yield difference(expect, key, found.get(key, "nothing"), wanted)
