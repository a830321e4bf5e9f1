"""What was measured last, of many persons at once or of one, and what it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from veerkracht.region.scoring import opened_by
from veerkracht.register import clock
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, case_of
from veerkracht.rulebook.openings import Opening


@dataclass(frozen=True)
class Latest:
    """The last result on a day. `outcome`: the care category, an id of the programme's ("cd"); "" for none.
    `valid_until`: the first day on which it counts no more; `expired`: whether that day has come.
    """

    assessment_id: int
    outcome: str
    on: date
    valid_until: date
    expired: bool


@dataclass(frozen=True)
class Opened:
    """What a person's last result of an instrument opens. `expired`: it opens nothing any more."""

    assessment: Assessment
    expired: bool
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class Told:
    """What was measured of one person: the `last` of each instrument, and `earlier` ones, newest first. `may_record`:
    whether the reader may add to it.
    """

    last: tuple[Opened, ...]
    earlier: tuple[Assessment, ...]
    may_record: bool


def latest(
    persons: Iterable[int] | QuerySet[Person], on: date | None = None, instrument: str = "katz"
) -> dict[int, Latest]:
    """The last result of an instrument that was measured on a day (today) or before, by the id of the person; one
    query. A result that expired is there and says so. For persons of whom the reader may know: who asks looks to that.
    """
    on = on or clock.today()
    wanted = persons.values("pk") if isinstance(persons, QuerySet) else list(persons)
    found = access.in_force().filter(person__in=wanted, instrument=instrument, on__lte=on)
    rows = found.order_by("on", "pk").values_list("person_id", "pk", "outcome", "on", "valid_until")
    return {
        person: Latest(pk, outcome, measured, until, on >= until)
        for person, pk, outcome, measured, until in rows.iterator()
    }


def opens(actor: Actor, matter: Person | Case, on: date | None = None) -> list[Opened]:
    """What the last result of each instrument opens on a day (today), in the order of the region's file. `matter`: a
    person, or a request. Raises `Refused` as `access.list_of`.
    """
    return list(told(actor, matter, on).last)


def told(actor: Actor, matter: Person | Case, on: date | None = None) -> Told:
    """All that was measured of a person until a day (today). `matter`: a person, or a request. Raises `Refused` as
    `access.list_of`.
    """
    on = on or clock.today()
    last: dict[str, Assessment] = {}
    earlier = []
    for one in access.list_of(actor, matter).filter(on__lte=on).select_related("corrects"):
        if last.setdefault(one.instrument, one) is not one:
            earlier.append(one)
    known = definitions().instruments
    opened = tuple(_opened(last[id], on) for id in known if id in last)
    case = case_of(matter)
    return Told(opened, tuple(earlier), case is not None and access.may_record(actor, case.person))


def _opened(assessment: Assessment, on: date) -> Opened:
    if on >= assessment.valid_until:
        return Opened(assessment, expired=True, openings=())
    known = definitions()
    instrument = known.instruments[assessment.instrument]
    found = opened_by(known, instrument, assessment.items, assessment.outcome, on)
    return Opened(assessment, expired=False, openings=found)
