"""A home chooses by which written rules its list is ordered."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict
from veerkracht.register.lists.rules import check_choice, rules_for
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.access import is_of, require_of
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

_OTHERS = Text(
    nl="Iemand anders koos intussen andere regels voor deze lijst. Kijk welke nu gelden en kies opnieuw.",
    en="Somebody else chose other rules for this list meanwhile. Look which hold now, and choose again.",
)


def choose_rules(home: Service, *, by: Actor, rules: str, was: str) -> Service:
    """Order the list of a home by rules of the region's files from now on, for everybody who stands on it.

    `rules`: their id; `was`: of those that the chooser saw. Only for who manages the home's places. Raises `Invalid`
    for rules that are not there, or are of another kind of help, and `Conflict` when others hold meanwhile.
    """
    require_of("place.manage", by, home, is_of(by, home))
    check_choice(rules, rules_for(home.programme), "rules")
    with said(), transaction.atomic():
        # Locked, so that of two who choose at once the second is told.
        home = Service.objects.select_for_update(no_key=True).get(pk=home.pk)
        if home.rules != was:
            raise Conflict(_OTHERS)
        before, home.rules, home.changed_at = home.rules, rules, clock.now()
        home.save(update_fields=["rules", "changed_at"])
        record(by, "change", home, detail={"rules": rules, "before": before})
    return home
