"""Taking in the growth calendar from a file: all of it, or none and why."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.supply import growth_reading as reading
from veerkracht.register.supply.awarding import step_of
from veerkracht.register.supply.models import Award, AwardStep

_AT_ONCE = 500
_KEPT_BESIDE = ("period_from", "lapsed", "realised", "version")


def import_awards(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> reading.AwardsReport:
    """Add the awards and steps of a CSV file (`growth_reading.COLUMNS`): all of them, or none and why.

    What is there already just so is left alone. Raises `Refused` for who may keep no growth calendar.
    """
    require("growth.decide", by, by.programme)
    with said(), transaction.atomic():
        found, report = reading.read(data, file, by)
        if report.faults or dry_run or not found:
            return report
        # Two who bring the same file at once: the second waits, and then finds it there. So does who records a step.
        owners = {one.award.organisation_id for one in found}
        list(Organisation.objects.select_for_update().filter(pk__in=owners).order_by("pk"))
        there = {one.there.pk for one in found if one.there}
        list(Award.objects.select_for_update().filter(pk__in=there).order_by("pk"))
        found, report = reading.read(data, file, by)
        if report.faults:
            return report
        steps, new = _write(found, by), sum(one.there is None for one in found)
        record(by, "create", "award", detail={"awards": new, "steps": steps})
        return report.written(steps, awards_added=new)


def _write(found: Sequence[reading.ReadAward], by: Actor) -> int:
    """Write what is new, and beside the steps what they make of their award; how many steps that are."""
    Award.objects.bulk_create([one.award for one in found if one.there is None], batch_size=_AT_ONCE)
    awards = [_as_its_steps_say(one) for one in found]
    known = [award for award, one in zip(awards, found, strict=True) if one.there is not None]
    Award.objects.bulk_update(known, _KEPT_BESIDE, batch_size=_AT_ONCE)
    steps = [
        step_of(award, step, by)
        for award, one in zip(awards, found, strict=True)
        for step in one.steps[one.known :]
    ]
    AwardStep.objects.bulk_create(steps, batch_size=_AT_ONCE)
    return len(steps)


def _as_its_steps_say(one: reading.ReadAward) -> Award:
    if one.there is None:
        return one.award
    for name in _KEPT_BESIDE:
        setattr(one.there, name, getattr(one.award, name))
    return one.there
