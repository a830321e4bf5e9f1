"""Pages of services by name: which come after the last one that was seen."""

from django.db.models import Q, QuerySet

from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

_DIGITS = 18


def beyond(services: QuerySet[Service], after: str) -> QuerySet[Service]:
    """The services after the one with this number, by name; all for "". Raises `Invalid` when it isn't among them."""
    if not after:
        return services
    is_number = after.isdecimal() and len(after) < _DIGITS
    last = services.filter(pk=int(after)).first() if is_number else None
    if last is None:
        raise Invalid(
            Text(
                nl="Deze bladzijde bestaat niet. Begin weer bij de eerste.",
                en="There is no such page. Start again at the first.",
            ),
            "after",
        )
    return services.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
