"""Names of what stands in the books and the files of money, in the language of the page, and amounts for files."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.spending import flow
from veerkracht.rulebook.types import Source
from veerkracht.web import charts

# From the word to the bill, in this order; never added across.
LEVELS: dict[str, Promise] = {
    "announced": _("Announced"),
    "agreed": _("Agreed"),
    "voted": _("Voted"),
    "adjusted": _("Adjusted"),
    "executed": _("Executed"),
}
KINDS: dict[str, Promise] = {
    "pay": _("Pay of staff"),
    "work-and-training": _("Work and training"),
    "places": _("Places"),
    "personal-budgets": _("Personal budgets"),
    "quality": _("Quality"),
    "project": _("Project"),
    "grant": _("Grant"),
    "contract": _("Contract"),
}
DECISIONS: dict[str, Promise] = {
    "agreement": _("agreement"),
    "call": _("call"),
    "growth-plan": _("growth plan"),
    "law": _("law"),
    "budget": _("budget"),
    "government-decision": _("decision of the government"),
}
# What happened, on a timeline.
EVENTS: dict[str, Promise] = {
    **LEVELS,
    "decided": _("Decided"),
    "initial": _("Credit voted"),
    "revised": _("Credit revised"),
    "transfer": _("Credit moved to or from another line"),
    "carry-over": _("Credit carried over"),
    "correction": _("Credit corrected"),
}
STATES: dict[str, Promise] = {
    "late": _("late"),
    "missed": _("missed"),
    "undefined": _("undefined"),
    "unmeasured": _("unmeasured"),
    "unconfirmed": _("not confirmed"),
    "on-time": _("on time"),
    "met": _("met"),
}
STATE_TAGS = {
    "late": "bad",
    "missed": "bad",
    "undefined": "warn",
    "unmeasured": "warn",
    "unconfirmed": "warn",
}
MONEY_KINDS: dict[tuple[bool, bool], Promise] = {
    (True, True): _("New money, every year"),
    (True, False): _("New money, once"),
    (False, True): _("Already planned, every year"),
    (False, False): _("Already planned, once"),
}
_STOPS: dict[str, Promise] = {
    flow.UNEXPLAINED: _("Not explained: agreed for more than was announced"),
    flow.NOT_FILLED: _("No decision known that fills it"),
    flow.NOT_HERE: _("Other planned spending, not followed here"),
    flow.NOT_PUBLISHED: _("Amounts not published"),
    flow.MORE: _("More committed than is stated"),
    flow.IN_BOOKS: _("Committed"),
    flow.NOT_COMMITTED: _("Not committed"),
    flow.NOT_FOLLOWED: _("Unknown: no budget line here"),
    flow.UNKNOWN: _("Unknown"),
    flow.EARLIER: _("Committed in earlier years"),
    flow.PAID_OUT: _("Paid"),
    flow.REQUESTED: _("In a payment order"),
    flow.NOT_PAID: _("Committed, not paid"),
}


def stop_name(what: str) -> str:
    """The name of a stop of a flow that is no envelope, decision or measure."""
    return str(_STOPS[what])


def euros(cents: int | None) -> Decimal | None:
    """Euros for a file: "1234.50"; None for what is not known."""
    return None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01"))


def source_lines(sources: Iterable[Source | None]) -> list[charts.SourceLine]:
    """Each source once, in the order in which they are met."""
    found = {(one.title, one.url): one for one in sources if one}
    return [charts.SourceLine(title, url) for title, url in found]
