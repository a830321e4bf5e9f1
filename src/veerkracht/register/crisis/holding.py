"""What a search holds. Only for actions that asked whether somebody may, on a search that is locked."""

from veerkracht.register.crisis.models import Search
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.actions.holds import release_hold
from veerkracht.register.supply.models import Hold, Service
from veerkracht.register.supply.staffing import in_the_way

# By which permission a desk holds, confirms and gives back.
VERB = "search.place"


def give_back(search: Search, by: Actor) -> Service | None:
    """Let go of what a locked search holds; the service it was at."""
    holds = holds_of(search)
    if holds and holds[0].state == Hold.State.HELD:
        release_hold(holds[0], by=by, verb=VERB)
    return holds[0].unit.service if holds else None


def holds_of(search: Search) -> list[Hold]:
    """What a search holds or has now: one party, in the order in which they were made."""
    holds = Hold.objects.filter(in_the_way(), of_search__search=search)
    return list(holds.select_related("unit__service").order_by("pk"))
