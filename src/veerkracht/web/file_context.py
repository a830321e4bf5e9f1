"""What pages about a request share: the names of codes, and the drawing of when a turn is likely."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from veerkracht import region
from veerkracht.register.care.queries.file_views import RequestView, TurnView
from veerkracht.web import charts, labels, words
from veerkracht.web.navigation import ROLE_NAMES


def names() -> dict[str, Any]:
    """For templates: states, steps, looks, roles and plans by their code."""
    return {
        "states": labels.STATES,
        "state_tags": labels.STATE_TAGS,
        "step_names": labels.STEPS,
        "step_looks": labels.STEP_LOOKS,
        "look_names": labels.LOOKS,
        "budget_kinds": labels.BUDGET_KINDS,
        "role_names": ROLE_NAMES,
        "plans": {id: words.said(plan.name) for id, plan in region.current().plans.items()},
    }


def turn_chart(view: RequestView) -> charts.Chart | None:
    """The range of dates on one line; None when there is nothing to draw."""
    turn = view.turn
    if turn is None or turn.p10 is None:
        return None
    return charts.spans(
        id=f"turn-{view.row.number.lower()}",
        title=gettext("When it is likely"),
        words=gettext("8 chances in 10: %(wide)s; 5 chances in 10: %(narrow)s.")
        % {"wide": words.between(turn.p10, turn.p90), "narrow": words.between(turn.p25, turn.p75)},
        items=[charts.Span("", turn.p10, turn.p25, turn.p50, turn.p75, turn.p90)],
        start=turn.start,
        horizon=_end(turn),
        label=gettext("Request"),
    )


def _end(turn: TurnView) -> date:
    """Where the line ends: some while after the range, so that a near turn isn't a dot at its beginning."""
    if turn.p90 is None:
        return turn.horizon
    return turn.start + max((turn.p90 - turn.start) * 1.5, timedelta(days=366))
