"""The region's words and rules for a crisis desk, asked for by who records something."""

from collections.abc import Iterable

from veerkracht import region
from veerkracht.region.crisis import Crisis, Zone
from veerkracht.region.ids import Named
from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.rulebook.now import Kind
from veerkracht.rulebook.types import Text

NO_DESK = Text(nl="Deze regio heeft geen crisismeldpunt.", en="This region has no crisis desk.")


def rules() -> Crisis:
    """The desk of the region. Raises `Invalid` where the region has none."""
    found = region.current().crisis
    if found is None:
        raise Invalid(NO_DESK)
    return found


def choice(listed: str, id: str, field: str = "") -> Named:
    """A word of a list of the region's file. Raises `Invalid` naming those there are."""
    choices = rules().choices[listed]
    if id not in choices:
        raise Invalid(_unknown(id, choices), field or listed)
    return choices[id]


def choices(listed: str, ids: Iterable[str], field: str = "") -> list[str]:
    """As `choice`, of several: their ids, each once, in the order in which they were named."""
    return [choice(listed, id, field).id for id in dict.fromkeys(ids)]


def kind_of(id: str) -> Kind:
    """A kind of help. Raises `Invalid` naming those there are."""
    kinds = rules().kinds
    if id not in kinds:
        raise Invalid(_unknown(id, kinds), "kind")
    return kinds[id]


def area(code: str, field: str) -> str:
    """A municipality by its code. Raises `Invalid` for one that the region does not have."""
    if code not in areas.names():
        raise Invalid(
            Text(nl=f"Er is geen gemeente “{code}”.", en=f"There is no municipality “{code}”."), field
        )
    return code


def zone_of(code: str) -> Zone:
    """The desk's zone of a municipality. Raises `Invalid` for one that lies in none."""
    found = rules().zone_of(area(code, "from_area"))
    if found is None:
        raise Invalid(
            Text(
                nl="Deze gemeente ligt in geen zone van een crisismeldpunt.",
                en="This municipality lies in no zone of a crisis desk.",
            ),
            "from_area",
        )
    return found


def _unknown(id: str, known: Iterable[str]) -> Text:
    listed = ", ".join(known)
    return Text(
        nl=f"“{id[:60]}” is geen mogelijk antwoord; verwacht: {listed}.",
        en=f"“{id[:60]}” is not a possible answer; expected: {listed}.",
    )
