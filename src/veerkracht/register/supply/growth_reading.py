"""A CSV file of the growth calendar read: every award and step that could be added, and every fault with its line.

A row is a step of an award; rows with the same `award`, a label within the file, are its steps in their order. An award
that the register has with its first steps gets those that follow; one that it has with more steps is left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from veerkracht import region
from veerkracht.region.csv_lines import NOTHING, Row
from veerkracht.register.csv_files import Brought, Report, brought
from veerkracht.register.formulas import unguarded
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import may
from veerkracht.register.supply.awarding import (
    AWARDED,
    KINDS,
    LAPSED,
    POSTPONED,
    Happened,
    Unfit,
    begin,
    follow,
    happened,
)
from veerkracht.register.supply.fields import (
    NAME_OR_NUMBER,
    NO_AREA,
    NO_PROGRAMME,
    NO_SERVICE,
    by_name_or_number,
    chosen,
    short,
)
from veerkracht.register.supply.models import Award, Service
from veerkracht.rulebook.types import Text

COLUMNS = ("award", "organisation", "programme", "kind", "area", "source", "step", "on", "units")
OPTIONAL = ("service", "period_from", "reason")
# What is the same on all rows of an award.
_ABOUT = ("organisation", "programme", "service", "kind", "area", "source")
_LONGEST = 300

_Steps = tuple[Happened, ...]
_Kept = tuple[Award, _Steps]
# The awards of the register by how they begin.
_There = dict[tuple[object, ...], list[_Kept]]


@dataclass(frozen=True)
class AwardsReport(Report):
    """What became of a file of the calendar: `added` are steps, `awards_added` the awards that are new."""

    awards_added: int = 0


@dataclass(frozen=True)
class ReadAward:
    """An award of a file as all its steps make it. `there`: the award that the register has, with the first `known` of
    these steps; None: it is new.
    """

    award: Award
    steps: _Steps
    lines: tuple[int, ...]
    there: Award | None = None
    known: int = 0


def read(data: bytes, file: str, by: Actor) -> tuple[list[ReadAward], AwardsReport]:
    """The awards of a file of which something is new, and the report on all of it; nothing is written."""
    given = brought(data, file, COLUMNS, OPTIONAL)
    known = _Known(by, given.rows)
    found = [one for rows in _by_award(given.rows) if (one := known.award(rows))]
    matched = list(_matched(found, given))
    new = [one for one in matched if one.known < len(one.steps)]
    already = sum(one.known for one in matched)
    return new, AwardsReport.on(given, already=already)


def _by_award(rows: Iterable[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if label := short(row, "award", _LONGEST):
            found.setdefault(label, []).append(row)
    return list(found.values())


class _Known:
    """The organisations and services that a file names, read at once, and what else it may name."""

    def __init__(self, by: Actor, rows: Sequence[Row]):
        places = region.current().places
        self.kinds, self.areas = places.growth_kinds if places else {}, names()
        self.programmes = {id for id in region.current().kinds_of_help if may("growth.decide", by, id)}
        named = {unguarded(row.text("organisation", required=False)) for row in rows}
        owners = list(Organisation.objects.filter(Q(name__in=named) | Q(enterprise_number__in=named)))
        self.organisations = by_name_or_number(owners)
        # At a secret address there is none for a file, whoever brings it.
        told = Q(secret=False) & (Q(location=None) | Q(location__secret=False))
        services = Service.objects.filter(told, organisation__in=owners)
        self.services = {(one.organisation_id, one.programme, one.name): one for one in services}

    def award(self, rows: Sequence[Row]) -> ReadAward | None:
        """What the rows of an award say together; None, with their faults noted, when that can't be."""
        first = rows[0]
        award = self._about(first)
        for row in rows[1:]:
            _same(row, first)
        steps = [_step(row) for row in rows]
        if award is None or None in steps or any(row.wrong for row in rows):
            return None
        told = [step for step in steps if step]
        return (
            ReadAward(award, tuple(told), tuple(row.line for row in rows))
            if _fits(award, told, rows)
            else None
        )

    def _about(self, row: Row) -> Award | None:
        organisation = self._organisation(row)
        programme = chosen(row, "programme", self.programmes, NO_PROGRAMME)
        about = {
            "service": self._service(row, organisation, programme),
            "programme": programme,
            "kind": chosen(row, "kind", self.kinds, _NO_KIND),
            "area": chosen(row, "area", self.areas, NO_AREA),
            "source": short(row, "source", _LONGEST),
        }
        return None if row.wrong or organisation is None else Award(organisation=organisation, **about)

    def _organisation(self, row: Row) -> Organisation | None:
        named = unguarded(row.text("organisation"))
        found = self.organisations.get(named)
        if named and found is None:
            row.fault("organisation", _NO_ORGANISATION, named, NAME_OR_NUMBER)
        return found

    def _service(self, row: Row, organisation: Organisation | None, programme: str) -> Service | None:
        name = unguarded(row.text("service", required=False))
        if not name or organisation is None:
            return None
        found = self.services.get((organisation.pk, programme, name))
        if found is None:
            row.fault("service", NO_SERVICE, name, _A_SERVICE)
        return found


def _same(row: Row, first: Row) -> None:
    for field in _ABOUT:
        said, before = (one.text(field, required=False) for one in (row, first))
        if said != before:
            row.fault(field, _OTHERWISE, said or NOTHING, before or NOTHING)


def _step(row: Row) -> Happened | None:
    """What a row says that happened; whether it could is not asked yet."""
    kind = chosen(row, "step", KINDS, _NO_STEP)
    has_period, has_reason = kind in (AWARDED, POSTPONED), kind in (POSTPONED, LAPSED)
    on, units = row.day("on"), row.integer("units", low=1)
    period = row.day("period_from", required=has_period)
    reason = short(row, "reason", _LONGEST, required=has_reason)
    for field, found, has in (("period_from", period, has_period), ("reason", reason, has_reason)):
        if kind and found and not has:
            row.fault(field, _NOT_OF_THIS_STEP, found, NOTHING)
    if row.wrong or on is None or units is None:
        return None
    return Happened(kind, on, units, period, reason)


def _fits(award: Award, steps: Sequence[Happened], rows: Sequence[Row]) -> bool:
    """Whether the steps could follow each other; makes of the award what they say."""
    before = None
    for place, (step, row) in enumerate(zip(steps, rows, strict=True)):
        if (step.kind == AWARDED) != (place == 0):
            expected = Text(nl=AWARDED, en=AWARDED) if place == 0 else _A_LATER_STEP
            row.fault("step", _BEGINS_ONCE, step.kind, expected)
            return False
        try:
            if place == 0:
                begin(award, step)
            else:
                follow(award, before, step)
        except Unfit as fault:
            row.fault(fault.field, fault.message, row.values.get(fault.field, ""), fault.expected)
            return False
        before = step.on
    return True


def _matched(found: Sequence[ReadAward], file: Brought) -> Iterator[ReadAward]:
    """Each award with the one that the register has: the same, or of those that begin alike the nearest."""
    there = _there(found)
    same = [_taken(one, there, lambda known, told: known == told) for one in found]
    for one, known in zip(found, same, strict=True):
        known = known or _taken(one, there, _goes_on) or _taken(one, there, lambda _known, _told: True)
        if known is None:
            yield one
            continue
        award, steps = known
        shared = _shared(one.steps, steps)
        if _goes_on(steps, one.steps):
            yield replace(one, there=award, known=shared)
        else:
            found_, expected = _said(one.steps[shared]), _said(steps[shared])
            file.fault(one.lines[shared], "step", _THERE_OTHERWISE, found_, expected)


def _taken(one: ReadAward, there: _There, fits: Callable[[_Steps, _Steps], bool]) -> _Kept | None:
    """An award of the register that begins as one of the file and fits it, which then is no other's."""
    alike = there.get(_key(one.award, one.steps[0]), [])
    found = next((pair for pair in alike if fits(pair[1], one.steps)), None)
    if found:
        alike.remove(found)
    return found


def _goes_on(some: _Steps, others: _Steps) -> bool:
    """Whether the one has all steps of the other, and perhaps more after them."""
    return _shared(some, others) == min(len(some), len(others))


def _there(found: Iterable[ReadAward]) -> _There:
    """The awards that the organisations of a file have, by how they begin; two queries."""
    owners = {one.award.organisation_id for one in found}
    known: _There = {}
    for award in Award.objects.filter(organisation__in=owners).prefetch_related("steps").order_by("pk"):
        steps = happened(award.steps.all())
        known.setdefault(_key(award, steps[0]), []).append((award, steps))
    return known


def _key(award: Award, first: Happened) -> tuple[object, ...]:
    about = (award.organisation_id, award.service_id, award.programme, award.kind, award.area, award.source)
    return (*about, first)


def _shared(some: _Steps, others: _Steps) -> int:
    """With how many steps two awards begin alike."""
    pairs = zip(some, others, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others))
    )


def _said(step: Happened) -> str:
    more = [str(step.period_from)] if step.period_from else []
    return " ".join([step.kind, str(step.on), str(step.units), *more, step.reason]).strip()


_NO_ORGANISATION = Text(nl="Deze organisatie is er niet.", en="There is no such organisation.")
_A_SERVICE = Text(
    nl="de naam van een dienst in deze zorgvorm, of niets",
    en="the name of a service in this programme, or nothing",
)
_NO_KIND = Text(nl="Deze soort groei is er niet.", en="There is no such kind of growth.")
_NO_STEP = Text(nl="Deze stap is er niet.", en="There is no such step.")
_OTHERWISE = Text(
    nl="Een eerdere rij zegt dit anders van deze toekenning.",
    en="An earlier row says otherwise of this award.",
)
_NOT_OF_THIS_STEP = Text(nl="Dit hoort niet bij deze stap.", en="This does not go with this step.")
_BEGINS_ONCE = Text(
    nl="Een toekenning begint met “awarded”, en één keer.", en="An award begins with “awarded”, and once."
)
_A_LATER_STEP = Text(nl="postponed, lapsed of realised", en="postponed, lapsed or realised")
_THERE_OTHERWISE = Text(nl="Deze toekenning is er anders.", en="This award is there otherwise.")
