"""The staff on a day: reported, and corrected."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.messages import MESSAGES
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import access, checks, writing
from veerkracht.register.staff.facts import CountFigures, Of
from veerkracht.register.staff.models import StaffCount


def record_count(
    of: Of, on: date, figures: CountFigures, *, by: Actor, source: str, fictitious: bool = False
) -> StaffCount:
    """Report the staff on a day. What is known of a service's full-time equivalents holds for its places at once.

    Raises `Refused` for another organisation than one's own, and `Invalid` for what can't be, or a count that is there.
    """
    access.require_recorder(by, of.organisation, of.service)
    checks.refuse_first(checks.faults_of(of))
    checks.refuse_first(checks.faults_of_count(figures, on, clock.today()))
    checks.refuse_first(checks.faults_of_words(source, None))
    with said(), transaction.atomic():
        writing.lock(of.organisation)
        if standing(of, on) is not None:
            raise Invalid(MESSAGES["staff_count_once_of_organisation"], "on")
        key = {**writing.facts_of(of), "on": on}
        count = writing.write(StaffCount, key, figures, by=by, source=source, fictitious=fictitious)
        record(by, "create", count, detail={"organisation": of.organisation.pk, "on": str(on)})
    return count


def correct_count(
    count: StaffCount, figures: CountFigures, *, by: Actor, reason: str, source: str = ""
) -> StaffCount:
    """Put a better count in the place of one; the old one stays, with the reason. `source`: that of the old one.

    Raises `Refused` for another organisation than one's own, `Conflict` when somebody corrected it before us, and
    `Invalid` for what can't be.
    """
    access.require_recorder(by, count.organisation, count.service)
    checks.refuse_first(checks.faults_of_count(figures, count.on, clock.today()))
    checks.refuse_first(checks.faults_of_words(source or count.source, reason))
    with said(), transaction.atomic():
        writing.lock(count.organisation)
        new = writing.replace(count, figures, by=by, reason=reason, source=source)
        record(by, "change", new, detail={"replaces": count.pk, "reason": reason})
    return new


def standing(of: Of, on: date) -> StaffCount | None:
    """The latest version of a count that is there for the same staff on the same day."""
    key = {"service": of.service, "profession": of.profession, "on": on, "organisation": of.organisation}
    if of.service is None:
        key |= {"sector": of.sector, "area": of.area}
    return StaffCount.objects.filter(**key, replaced_by=None).first()
