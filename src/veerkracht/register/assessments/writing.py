"""A result as it is said, checked and drafted. For the actions, and for who brings in many at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from veerkracht.region.assessments import Instrument
from veerkracht.region.scoring import outcome_of
from veerkracht.register import clock
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import checked, instrument_of
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.rulebook.months import add_months
from veerkracht.rulebook.types import Text

LONGEST_NAME = 200
LONGEST_VERSION = 40


@dataclass(frozen=True)
class Measured:
    """A result as somebody says it: of which instrument, measured on which day, by whom (`author`, and their
    profession, an id of the instrument's authors), with an answer by item.

    `version`: of the instrument; "" for the one in use that day. `valid_until`: as it stands on the result; None for as
    long as the region says.
    """

    instrument: str
    on: date
    items: Mapping[str, Any] = field(default_factory=dict)
    author: str = ""
    author_kind: str = ""
    version: str = ""
    valid_until: date | None = None


def drafted(person: Person, said: Measured, *, by: Actor, **facts: Any) -> Assessment:
    """The row that says this, not saved yet. `facts`: `fictitious`, and of a correction `corrects` and `why`.

    Raises `Invalid` at its field for what can't be: an item that lacks or is out of range, a day before birth, after
    death or still to come, a version that was not in use, an author whom the instrument does not know.
    """
    instrument = instrument_of(said.instrument)
    _check_day(person, said.on)
    items = checked(instrument, said.items)
    return Assessment(
        person=person,
        instrument=instrument.id,
        version=_version(instrument, said),
        on=said.on,
        valid_until=_valid_until(instrument, said),
        items=items,
        outcome=outcome_of(instrument, items),
        author=_author(said.author),
        author_kind=_author_kind(instrument, said.author_kind),
        by=by.user,
        by_name=by.name,
        recorded_at=clock.now(),
        **facts,
    )


def _check_day(person: Person, on: date) -> None:
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    if on < person.birth_date:
        raise Invalid(
            Text(nl="Dit is voor de geboorte van de persoon.", en="This is before the person was born."), "on"
        )
    if person.died_on and on > person.died_on:
        raise Invalid(
            Text(nl="Dit is na het overlijden van de persoon.", en="This is after the person died."), "on"
        )


def _version(instrument: Instrument, said: Measured) -> str:
    """The version that was said, if it is one that was in use; else the one in use. An instrument of which no
    versions are known is told its own.
    """
    told = said.version.strip()
    if not instrument.versions:
        if 0 < len(told) <= LONGEST_VERSION:
            return told
        raise Invalid(
            Text(
                nl=f"{instrument.name.nl} zegt zelf welke versie het is: geef die, in hoogstens "
                f"{LONGEST_VERSION} tekens.",
                en=f"{instrument.name.en} says itself which version it is: give that, in at most "
                f"{LONGEST_VERSION} characters.",
            ),
            "version",
        )
    in_use = instrument.version_on(said.on)
    if not in_use or told not in ("", in_use):
        raise Invalid(
            Text(
                nl=f"Op {said.on:%d-%m-%Y} was deze versie niet in gebruik: {told or '–'}; verwacht: {in_use or '–'}.",
                en=f"This version was not in use on {said.on}: {told or '–'}; expected: {in_use or '–'}.",
            ),
            "version",
        )
    return in_use


def _valid_until(instrument: Instrument, said: Measured) -> date:
    if said.valid_until is None:
        return add_months(said.on, instrument.valid_months)
    if said.valid_until <= said.on:
        raise Invalid(
            Text(
                nl="Een inschaling geldt na de dag waarop ze gemaakt is.",
                en="An assessment holds after the day on which it was made.",
            ),
            "valid_until",
        )
    return said.valid_until


def _author(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(
            Text(
                nl=f"Zeg wie de inschaling maakte, in hoogstens {LONGEST_NAME} tekens.",
                en=f"Say who made the assessment, in at most {LONGEST_NAME} characters.",
            ),
            "author",
        )
    return name


def _author_kind(instrument: Instrument, kind: str) -> str:
    known = [one.id for one in instrument.authors]
    if kind not in known:
        listed = ", ".join(known)
        raise Invalid(
            Text(
                nl=f"Wie {instrument.name.nl} afneemt, is een van: {listed}; gevonden: {kind[:60] or '–'}.",
                en=f"Who makes a {instrument.name.en} is one of: {listed}; found: {kind[:60] or '–'}.",
            ),
            "author_kind",
        )
    return kind
