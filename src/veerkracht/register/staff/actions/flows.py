"""Who came and who went in a period: reported, and corrected."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.messages import MESSAGES
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import access, checks, writing
from veerkracht.register.staff.facts import FlowFigures, Of
from veerkracht.register.staff.models import StaffFlow


def record_flow(
    of: Of,
    period: tuple[date, date],
    figures: FlowFigures,
    *,
    by: Actor,
    source: str,
    fictitious: bool = False,
) -> StaffFlow:
    """Report who came and went from the first day of a period up to and including the last.

    Raises `Refused` for another organisation than one's own, and `Invalid` for what can't be, or a period in which it
    says already who came and went.
    """
    access.require_recorder(by, of.organisation, of.service)
    checks.refuse_first(checks.faults_of(of))
    checks.refuse_first(checks.faults_of_flow(figures, *period, clock.today()))
    checks.refuse_first(checks.faults_of_words(source, None))
    with said(), transaction.atomic():
        writing.lock(of.organisation)
        if standing(of, period) is not None:
            raise Invalid(MESSAGES["staff_flow_once_of_organisation"], "from")
        key = {**writing.facts_of(of), "from_date": period[0], "until_date": period[1]}
        flow = writing.write(StaffFlow, key, figures, by=by, source=source, fictitious=fictitious)
        record(by, "create", flow, detail={"organisation": of.organisation.pk, "from": str(period[0])})
    return flow


def correct_flow(
    flow: StaffFlow, figures: FlowFigures, *, by: Actor, reason: str, source: str = ""
) -> StaffFlow:
    """Put better figures in the place of those of a period; the old ones stay, with the reason.

    Raises `Refused` for another organisation than one's own, `Conflict` when somebody corrected it before us, and
    `Invalid` for what can't be.
    """
    access.require_recorder(by, flow.organisation, flow.service)
    checks.refuse_first(checks.faults_of_flow(figures, flow.from_date, flow.until_date, clock.today()))
    checks.refuse_first(checks.faults_of_words(source or flow.source, reason))
    with said(), transaction.atomic():
        writing.lock(flow.organisation)
        new = writing.replace(flow, figures, by=by, reason=reason, source=source)
        record(by, "change", new, detail={"replaces": flow.pk, "reason": reason})
    return new


def standing(of: Of, period: tuple[date, date]) -> StaffFlow | None:
    """The latest version of what is said of the same staff in a period that has a day in common with this one."""
    key = {"service": of.service, "profession": of.profession, "organisation": of.organisation}
    if of.service is None:
        key |= {"sector": of.sector, "area": of.area}
    found = StaffFlow.objects.filter(**key, replaced_by=None)
    return found.filter(from_date__lte=period[1], until_date__gte=period[0]).order_by("from_date").first()
