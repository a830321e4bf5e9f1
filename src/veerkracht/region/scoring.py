"""From answers to a result, by an instrument of the region: what may be answered, and which category follows.

The one place that does so: recording, checking afterwards, the table of cases and pages all come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from veerkracht.region.assessments import (
    DIAGNOSIS,
    FLAG,
    KATZ,
    ORIENTATION,
    SCORE,
    Assessments,
    Instrument,
    Item,
)
from veerkracht.rulebook import katz
from veerkracht.rulebook.openings import CATEGORY, Opening, opened
from veerkracht.rulebook.types import Text

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Wrong:
    """An answer that can't be. `field`: the id of the item."""

    field: str
    found: Text
    expected: Text

    @property
    def text(self) -> Text:
        return Text(
            nl="{field}: gevonden: {found}; verwacht: {expected}.",
            en="{field}: found: {found}; expected: {expected}.",
        ).fill(field=self.field, found=self.found, expected=self.expected)


NOTHING = Text(nl="niets", en="nothing")


def wrongs(instrument: Instrument, answers: Answers) -> Iterator[Wrong]:
    """What is wrong with answers, item by item; none at all is said as such."""
    if not any(answer is not None for answer in answers.values()):
        expected = Text(nl="antwoorden op de vragen van {name}", en="answers to the items of {name}")
        yield Wrong("items", NOTHING, expected.fill(name=instrument.name))
        return
    for item in instrument.items:
        answer = answers.get(item.id)
        if answer is None and item.required:
            yield Wrong(item.id, NOTHING, _asked(item))
        elif answer is not None and not _fits(item, answer):
            yield Wrong(item.id, _said(answer), _asked(item))
    for id in answers:
        if instrument.item(id) is None:
            listed = ", ".join(item.id for item in instrument.items)
            yield Wrong(
                id[:60], Text("een onbekende vraag", "an item that is not known"), Text(listed, listed)
            )


def outcome_of(instrument: Instrument, answers: Answers) -> str:
    """The care category that follows from checked answers; "" where the instrument gives none."""
    if instrument.method != KATZ:
        return ""
    items = katz.Katz.of({item: answers[item] for item in katz.ITEMS})
    disoriented = all(_number(answers[item]) >= instrument.disoriented_from for item in ORIENTATION)
    return katz.category(
        items, disoriented=disoriented, dementia_diagnosed=answers[DIAGNOSIS] is True
    ).lower()


def opened_by(
    assessments: Assessments, instrument: Instrument, answers: Answers, outcome: str, on: date
) -> tuple[Opening, ...]:
    """What a result opens on a day, in the order of the file."""
    facts = {**answers, CATEGORY: outcome}
    return opened(assessments.openings_of(instrument.id), facts, instrument.columns, on)


def _fits(item: Item, answer: object) -> bool:
    if item.kind == FLAG:
        return isinstance(answer, bool)
    if isinstance(answer, bool) or not isinstance(answer, int if item.kind == SCORE else int | float):
        return False
    number = _number(answer)
    return (item.low is None or number >= item.low) and (item.high is None or number <= item.high)


def _number(answer: object) -> float:
    return float(answer)  # type: ignore[arg-type]


def _asked(item: Item) -> Text:
    if item.kind == FLAG:
        return Text(nl="ja of nee", en="yes or no")
    what = (
        Text(nl="een geheel getal", en="a whole number")
        if item.kind == SCORE
        else Text("een getal", "a number")
    )
    low, high = item.low, item.high
    if low is None and high is None:
        return what
    if low is None or high is None:
        bound = (
            Text(nl=f"vanaf {low:g}", en=f"from {low:g}")
            if high is None
            else Text(f"tot {high:g}", f"to {high:g}")
        )
        return Text(f"{what.nl} {bound.nl}", f"{what.en} {bound.en}")
    return Text(nl=f"{what.nl} van {low:g} tot {high:g}", en=f"{what.en} from {low:g} to {high:g}")


def _said(answer: object) -> Text:
    if isinstance(answer, bool):
        return Text(nl="ja", en="yes") if answer else Text(nl="nee", en="no")
    return Text(str(answer)[:60], str(answer)[:60])
