"""What the region calls the kinds of units, why a unit is closed, and the kinds of growth."""

from veerkracht import region
from veerkracht.rulebook.types import Text


def kind_name(id: str) -> Text:
    """A kind of unit; an organisation's own word stands as it is."""
    places = region.current().places
    kind = places.kinds.get(id) if places else None
    return kind.name if kind else Text(nl=id, en=id)


def reason_name(id: str) -> Text:
    """Why a unit is closed; the id itself where the region no longer has it."""
    places = region.current().places
    return places.closures.get(id, Text(nl=id, en=id)) if places else Text(nl=id, en=id)


def growth_name(id: str) -> Text:
    """A kind of growth; the id itself where the region no longer has it."""
    places = region.current().places
    kind = places.growth_kinds.get(id) if places else None
    return kind.name if kind else Text(nl=id, en=id)


def service_kind_name(id: str) -> Text:
    """A kind of service; the id itself where the region does not have it."""
    places = region.current().places
    return places.services.get(id, Text(nl=id, en=id)) if places else Text(nl=id, en=id)
