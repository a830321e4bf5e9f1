"""What counts on a day: which categories are heavy, the staff norm of each, and the money of a day; of the region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.region.assessments import Pays
from veerkracht.register.assessments.scoring import definitions
from veerkracht.rulebook.care_gap import Span
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.types import CareCategory, Parameter, Programme

# The parameters of a programme that say so; with a category's id behind the first.
NORM, DAY, STEP = "staff.norm.", "cost.day", "cost.heavy-step"


@dataclass(frozen=True)
class Rules:
    """`pays`: which instrument money follows, and for whom with heavy care; None: not known, and then nothing of money
    is. `parameters`: of `staff.norm.<category>`, `cost.day` and `cost.heavy-step` what holds.
    """

    programme: Programme
    pays: Pays | None
    parameters: Mapping[str, Parameter]

    @property
    def categories(self) -> tuple[CareCategory, ...]:
        return self.programme.care_categories

    @property
    def heavy(self) -> frozenset[str]:
        return frozenset(one.id for one in self.categories if one.heavy)

    @property
    def instrument(self) -> str:
        return self.pays.instrument if self.pays else ""

    @property
    def norms(self) -> dict[str, Span] | None:
        """Full-time equivalents for a resident of each category; None when that of any is not known."""
        found = {one.id: self.span(NORM + one.id) for one in self.categories}
        return {id: span for id, span in found.items() if span} if found and all(found.values()) else None

    @property
    def day(self) -> Span | None:
        """Euro a day for a resident with light care."""
        return self.span(DAY)

    @property
    def step(self) -> Span | None:
        """How many euro a day with heavy care gives more."""
        return self.span(STEP)

    def span(self, id: str) -> Span | None:
        found = self.parameters.get(id)
        if found is None:
            return None
        low, high = found.low, found.high
        return Span(found.value if low is None else low, found.value, found.value if high is None else high)


def rules_on(programme: str, on: date) -> Rules:
    """What holds for a programme on a day. Raises `Fault` for a programme that isn't there."""
    one = region.current().programme(programme)
    wanted = (DAY, STEP, *(NORM + category.id for category in one.care_categories))
    found = {id: value_on_or_none([p for p in one.parameters if p.id == id], on) for id in wanted}
    known = {id: parameter for id, parameter in found.items() if parameter}
    return Rules(one, definitions().pays_on(programme, on), known)


def measured_programmes() -> tuple[str, ...]:
    """The programmes of which the region says which instrument money follows, in the order of the file."""
    return tuple(dict.fromkeys(one.programme for one in definitions().pays))
