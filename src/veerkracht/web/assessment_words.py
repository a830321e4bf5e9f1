"""Assessments in words: categories, answers, professions and what an instrument is called."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from veerkracht import region
from veerkracht.region.assessments import FLAG, Instrument, Item
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.queries import Opened
from veerkracht.register.assessments.scoring import definitions
from veerkracht.web import words


@dataclass(frozen=True)
class Row:
    """An item with its answer, and what that answer means."""

    name: str
    answer: str
    meaning: str


def instrument_name(id: str) -> str:
    known = definitions().instruments.get(id)
    return words.said(known.name) if known else id


def category_name(programme: str, id: str) -> str:
    """A care category in words: what the programme of the instrument calls it."""
    known = region.current().programmes.get(programme)
    names = {one.id: words.said(one.name) for one in known.care_categories} if known else {}
    return names.get(id, id)


def outcome(assessment: Assessment) -> str:
    """What came out, in words; "" where the instrument gives no category."""
    known = definitions().instruments.get(assessment.instrument)
    return category_name(known.programme, assessment.outcome) if known and assessment.outcome else ""


@dataclass(frozen=True)
class ForPerson:
    """A last result as its person reads it. `soon`: it expires within the days that the region says; `renew`: how to
    come by a new one, "" where nobody says.
    """

    opened: Opened
    summary: str
    soon: bool
    renew: str


def for_person(opened: Opened, today: date) -> ForPerson:
    known = definitions().instruments[opened.assessment.instrument]
    left = (opened.assessment.valid_until - today).days
    return ForPerson(
        opened,
        words.said(known.summary),
        soon=0 < left <= known.remind_days,
        renew=words.said(known.renew) if known.renew else "",
    )


def author_kind(assessment: Assessment) -> str:
    known = definitions().instruments.get(assessment.instrument)
    names = {one.id: words.said(one.name) for one in known.authors} if known else {}
    return names.get(assessment.author_kind, assessment.author_kind)


def rows(assessment: Assessment) -> list[Row]:
    """Each item that was answered, in the order of the instrument."""
    known = definitions().instruments.get(assessment.instrument)
    if known is None:
        return []
    return [
        _row(known, item, assessment.items[item.id]) for item in known.items if item.id in assessment.items
    ]


def _row(instrument: Instrument, item: Item, answer: object) -> Row:
    name = words.said(item.name)
    if item.kind == FLAG:
        return Row(name, gettext("yes") if answer else gettext("no"), "")
    meanings = {one.value: words.said(one.text) for one in instrument.answers}
    number = float(answer) if isinstance(answer, int | float) else None
    shown = words.number(number, 0 if number is None or number == int(number) else 1)
    scale = "" if item.high is None else f" / {words.number(item.high)}"
    return Row(name, f"{shown}{scale}", meanings.get(int(number or 0), "") if instrument.answers else "")
