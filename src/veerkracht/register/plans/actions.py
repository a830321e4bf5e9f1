"""What somebody does with plans of their own. Each is checked, then done and logged, or nothing happens."""

from django.db import transaction

from veerkracht.register import clock, constraints
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.plans.access import get_own_plan
from veerkracht.register.plans.models import LONGEST_NAME, OwnPlan
from veerkracht.register.plans.reading import named, read_text
from veerkracht.rulebook.types import Text

MOST_PLANS = 50
LONGEST_TEXT = 200_000


def keep(actor: Actor, *, name: str, text: str) -> OwnPlan:
    """Keep the text of a plan file under a name. Raises `Refused`, and `Invalid` for a name or a text that can't be."""
    require("plan.keep", actor)
    name = _checked_name(name)
    text = named(text, name)
    _check_text(text)
    with transaction.atomic(), constraints.said():
        if OwnPlan.objects.filter(owner=actor.user_id).count() >= MOST_PLANS:
            raise Invalid(_TOO_MANY, "name")
        kept = OwnPlan.objects.create(owner=actor.user, name=name, text=text, kept_at=clock.now())
    record(actor, "create", kept)
    return kept


def rename(actor: Actor, id: int, *, name: str) -> OwnPlan:
    """Give an own plan another name."""
    plan = get_own_plan(actor, id)
    plan.name = _checked_name(name)
    plan.text = named(plan.text, plan.name)
    return _saved(actor, plan, {"name": plan.name, "text": plan.text})


def share(actor: Actor, id: int, *, shared: bool) -> OwnPlan:
    """Let others who see forecasts read an own plan, or no longer."""
    plan = get_own_plan(actor, id)
    plan.shared = shared
    return _saved(actor, plan, {"shared": shared})


def delete(actor: Actor, id: int) -> None:
    """Throw an own plan away."""
    plan = get_own_plan(actor, id)
    record(actor, "change", plan, detail={"deleted": plan.name})
    plan.delete()


def _saved(actor: Actor, plan: OwnPlan, changed: dict[str, object]) -> OwnPlan:
    with transaction.atomic(), constraints.said():
        plan.save(update_fields=list(changed))
    record(actor, "change", plan, detail={key: value for key, value in changed.items() if key != "text"})
    return plan


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_NAME, "name")
    return name


def _check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Invalid(_TOO_LONG, "file")
    if read_text(text)[1]:
        raise Invalid(_FAULTS, "file")


_NAME = Text(
    f"Geef het plan een naam van 1 tot {LONGEST_NAME} tekens.",
    f"Give the plan a name of 1 to {LONGEST_NAME} characters.",
)
_TOO_MANY = Text(
    f"U bewaart al {MOST_PLANS} plannen: gooi er eerst een weg.",
    f"You keep {MOST_PLANS} plans already: throw one away first.",
)
_TOO_LONG = Text("Dit bestand is te groot voor een plan.", "This file is too large for a plan.")
_FAULTS = Text("Er zijn fouten in dit plan.", "There are faults in this plan.")
