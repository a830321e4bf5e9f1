"""Results of the demo: a few reports, invented and marked so, one in each way in which a report can stand."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.results import actions
from veerkracht.register.results.actions import Reported
from veerkracht.register.results.queries import ResultView, all_results
from veerkracht.register.results.states import counted_in_units

_INVENTED = "Verzonnen voor de demo · Invented for the demo"
# Each report: hundredths of the target, and what a second person says of it; None: nobody judged it yet.
_REPORTS: tuple[tuple[int, bool | None], ...] = (
    (62, True),
    (104, True),
    (100, None),
    (180, False),
    (45, None),
)
_DAYS_AGO = 45


def add_results(on: date) -> None:
    """Report on the first milestones that have a number to reach and that no source measured."""
    owner, officer = _actor("measure-owner"), _actor("budget-officer")
    if owner is None or officer is None:
        return
    day = on - timedelta(days=_DAYS_AGO)
    waiting = [one for one in all_results(on) if _can_be_reported(one, day)]
    with transaction.atomic():
        for view, (share, agrees) in zip(waiting, _REPORTS, strict=False):
            value = (Decimal(str(view.target)) * share / 100).quantize(Decimal(1))
            reported = Reported(on=day, evidence=_INVENTED, value=value, document=_INVENTED)
            report = actions.report_result(
                view.measure.id, view.milestone.id, reported, by=owner, fictitious=True
            )
            if agrees is not None:
                text = "" if agrees else "Dubbel geteld (demo)"
                actions.confirm_result(report, by=officer, agrees=agrees, text=text)


def _can_be_reported(view: ResultView, day: date) -> bool:
    begins = view.measure.from_date
    is_meant = bool(view.milestone.definition.en) and counted_in_units(view.milestone) and bool(view.target)
    return is_meant and view.published is None and (begins is None or begins <= day)


def _actor(role: str) -> Actor | None:
    held = Membership.objects.filter(role=role, from_date__lte=clock.today()).order_by("pk").first()
    return Actor(held.user, held) if held else None
