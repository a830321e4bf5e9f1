"""Pages of services by name, or one's own first: which come after the last one that was seen."""

from django.db.models import Case, Q, QuerySet, Value, When

from veerkracht.register.paging import last_seen
from veerkracht.register.supply.models import Service


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


def _by_name(last: Service) -> Q:
    return Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)
