"""What an actor may see of a list in columns, and of figures: the same rows as the list in the database."""

from dataclasses import dataclass

import polars as pl
from django.db.models import QuerySet

from veerkracht.register.care.models import Budget, Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Paths, kept_from, may, scope, sees_region

OF_STEP = Paths("request__programme", "request__area", "request__person")
OF_BUDGET = Paths(area="person__area")
OF_ROUND_LINE = Paths("round__programme", "request__area", "request__person")


def seen(table: pl.DataFrame, actor: Actor, programme: str, verb: str = "request.list") -> pl.DataFrame:
    """The rows of a list in columns (`id`, `person`) that an actor may see."""
    if sees_region(actor, verb):
        hidden = kept_from(actor)
        return table.filter(~pl.col("person").is_in(hidden)) if hidden else table
    ids = Request.objects.filter(scope(actor, verb), programme=programme).values_list("pk", flat=True)
    return table.filter(pl.col("id").is_in(list(ids)))


@dataclass(frozen=True)
class Counted:
    """Which requests an actor's figures count.

    Who may see the list counts what is on it for them, so that no figure tells more than the list behind it.
    Who sees figures only (`on_list` is false) counts everybody: disclosure control protects those.
    """

    actor: Actor
    programme: str

    @property
    def on_list(self) -> bool:
        return may("request.list", self.actor, self.programme)

    @property
    def requests(self) -> QuerySet[Request]:
        found = Request.objects.filter(programme=self.programme)
        return found.filter(scope(self.actor)) if self.on_list else found

    @property
    def budgets(self) -> QuerySet[Budget]:
        found = Budget.objects.filter(programme=self.programme)
        return found.filter(scope(self.actor, paths=OF_BUDGET)) if self.on_list else found

    @property
    def key(self) -> tuple | None:
        """What tells these figures from another actor's; None when they are nobody else's."""
        if not self.on_list:
            return (self.programme, "all")
        return (self.programme, kept_from(self.actor)) if sees_region(self.actor) else None
