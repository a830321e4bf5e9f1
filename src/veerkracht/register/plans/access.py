"""The gates to people's own plans. Who may not see a plan can't learn that it exists."""

from django.db.models import Case, Q, QuerySet, When

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.plans.models import OwnPlan


def list_plans(actor: Actor) -> QuerySet[OwnPlan]:
    """The plans that an actor may read: their own first, then those that others share, each by name.

    Raises `Refused` for who may see no forecasts.
    """
    require("figures.read", actor, actor.programme)
    is_own = Q(owner=actor.user_id)
    readable = OwnPlan.objects.filter(is_own | Q(shared=True)).select_related("owner")
    return readable.order_by(Case(When(is_own, then=0), default=1), "name", "id")


def get_plan(actor: Actor, id: int) -> OwnPlan:
    """A plan that an actor may read. Raises `Refused`, the same whether it exists or not."""
    return _one(actor, list_plans(actor), id)


def get_own_plan(actor: Actor, id: int) -> OwnPlan:
    """A plan of the actor's own, to change it. Raises `Refused`, the same whether it exists or not."""
    require("plan.keep", actor)
    return _one(actor, list_plans(actor).filter(owner=actor.user_id), id)


def _one(actor: Actor, among: QuerySet[OwnPlan], id: int) -> OwnPlan:
    found = among.filter(pk=id).first()
    if found is None:
        record(actor, "refused", "plan", detail={"asked": id})
        raise Refused()
    return found
