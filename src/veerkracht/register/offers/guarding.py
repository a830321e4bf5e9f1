"""A place that is offered is answered for as an offer, never confirmed or given back behind it."""

from collections.abc import Collection

from veerkracht.register.errors import Conflict
from veerkracht.register.offers.models import OfferedPlace
from veerkracht.rulebook.types import Text

IS_OFFERED = Text(
    nl="Deze plaats is aangeboden: neem het antwoord op of trek het aanbod in, bij de woonzorgcentra vandaag.",
    en="This place is offered: record the answer or withdraw the offer, at the homes today.",
)


def keep_offered(holds: Collection[int]) -> None:
    """Raise `Conflict` when one of these holds is of an offer that still runs."""
    if OfferedPlace.objects.filter(hold__in=holds, live=True).exists():
        raise Conflict(IS_OFFERED)
