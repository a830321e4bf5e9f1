"""Pages of services by name, or one's own first: which come after the last one that was seen."""

from typing import TypeVar

from django.db.models import Case, Model, Q, QuerySet, Value, When

from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

Row = TypeVar("Row", bound=Model)
# A number of more digits is none of a row, and some databases fail on it.
_DIGITS = 18


def beyond(services: QuerySet[Service], after: str) -> QuerySet[Service]:
    """The services after the one with this number, by name; all for "". Raises `Invalid` when it isn't among them."""
    last = last_seen(services, after)
    return services.filter(_by_name(last)) if last else services


def own_first(services: QuerySet[Service], organisation: int | None, after: str) -> QuerySet[Service]:
    """The services of an organisation by name, then all others by name; those after the one with this number, as in
    `beyond`.
    """
    own = When(organisation=organisation or 0, then=Value(0))
    ordered = services.annotate(elsewhere=Case(own, default=Value(1))).order_by("elsewhere", "name", "id")
    last = last_seen(ordered, after)
    if last is None:
        return ordered
    among = Q(elsewhere=last.elsewhere) & _by_name(last)
    return ordered.filter(Q(elsewhere__gt=last.elsewhere) | among)


def last_seen(rows: QuerySet[Row], after: str) -> Row | None:
    """The one of these rows with this number, after which a page begins; None for "". Raises `Invalid` when it isn't
    among them.
    """
    if not after:
        return None
    is_number = after.isdecimal() and len(after) < _DIGITS
    last = rows.filter(pk=int(after)).first() if is_number else None
    if last is None:
        raise Invalid(_NO_PAGE, "after")
    return last


def _by_name(last: Service) -> Q:
    return Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)


_NO_PAGE = Text(
    nl="Deze bladzijde bestaat niet. Begin weer bij de eerste.",
    en="There is no such page. Start again at the first.",
)
