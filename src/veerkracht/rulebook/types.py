"""What a programme is, as typed data: everything a programme file says, and nothing else.

All of it is frozen: a change makes a new programme (`drafts.drafted`), never a changed one.
Dates: `from_` is the first day on which something holds, `until` the first day on which it no longer
holds; None means "no end". Money in this module is in cents or, where the name says euro, in euro.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from veerkracht.rulebook.months import add_months

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in both languages."""

    nl: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The text in a language ("nl", "nl-be", "en" …); English for a language we don't have."""
        return self.nl if language.startswith("nl") else self.en

    def fill(self, **values: Text | str | int | date) -> Text:
        """Put values into the `{places}` of both languages; a `Text` fills each language with its own.

        Whole numbers are written as each language writes them: 6.902 in Dutch, 6,902 in English; days as
        31-12-2023 and 2023-12-31.
        """

        def one(language: Language) -> str:
            return self.get(language).format(**{key: _said(value, language) for key, value in values.items()})

        return Text(one("nl"), one("en"))

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)


def _said(value: Text | str | int | date, language: Language) -> str:
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, int):
        return f"{value:,}".replace(",", "." if language == "nl" else ",")
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}" if language == "nl" else value.isoformat()
    return value


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was published."""

    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Said because no source says it. `low` and `high` bound a number; a forecast samples between them."""

    why: Text
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A fact about a request that rules may name."""

    name: str
    type: str
    meaning: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What holds from a day until a day, and rests on a source, an assumption or both."""

    from_: date
    until: date | None = None
    source: Source | None = None
    assumption: Assumption | None = None

    def holds(self, on: date) -> bool:
        return self.from_ <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Dated):
    """Who may be helped: all conditions that hold on the day must be met; each gives its own reason."""

    id: str
    rule: str
    reason: Text
    unmet: Text
    remedy: Text = Text()


@dataclass(frozen=True, slots=True)
class Group:
    """A priority group: number 1 is served before number 2. 0 on a request means: no group yet."""

    number: int
    id: str
    name: Text
    text: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule(Dated):
    """How a priority group is reached: a rule over the facts of an assessment that gives its number."""

    id: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityDateRule(Dated):
    """Which date decides the order inside a group."""

    id: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Dated):
    """Who is before whom: column names, most important first, "-" before a name for descending.

    The last one is always "id", so that the order is total. A fact that is unknown comes last.
    """

    by: tuple[str, ...]
    text: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryScheme:
    """Budget categories and their points. Which scheme a request has hangs on its request date."""

    id: str
    requests_from: date
    requests_until: date | None = None
    points: dict[str, float] = field(default_factory=dict)
    name: Text = Text()
    source: Source | None = None
    assumption: Assumption | None = None

    @property
    def categories(self) -> dict[str, float]:
        """Category to points, in the order of the file."""
        return self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Gave older requests another scheme, and may itself be undone.

    `holds_from`: first day on which it holds. `known_from`: first day on which it was known.
    `annulled_known_from`: first day on which its annulment was known; who looks from then on sees it as
    never having held, whatever day is looked at.
    """

    id: str
    requests_from: date | None = None
    requests_until: date
    to: str
    holds_from: date
    known_from: date
    annulled_known_from: date | None = None
    categories: dict[str, str] = field(default_factory=dict)
    text: Text = Text()
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointValue(Dated):
    """Euro a year that one care point is worth. `still_valid_on`: when it was last checked."""

    value: Decimal
    still_valid_on: date | None = None

    @property
    def cents(self) -> int:
        return int(self.value * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Dated):
    """A way to be served outside the queue.

    `months` or `weeks`: how long what is granted lasts (neither: no end). `definitive`: what is granted
    has no end. `rule`: who may use it (empty: decided by a person, not by a rule).
    """

    id: str
    name: Text
    months: int | None = None
    weeks: int | None = None
    definitive: bool = False
    rule: str = ""
    text: Text = Text()

    @property
    def pot(self) -> str:
        return f"route.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial(Dated):
    """While it holds, requests of a group are granted a part of what they ask.

    `rule`: who can get the part. `others`: what happens to the rest of the group in a round: they "wait",
    or can get the "full" amount. `stays_waiting`: the request stays on the list for what is left.
    """

    id: str
    group: str
    share: float
    rule: str = ""
    others: Literal["wait", "full"] = "wait"
    stays_waiting: bool = True
    text: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Dated):
    """How the money of a round is shared over the routes and the groups.

    `programme_share`: part of expansion money that goes to this programme at all. `routes_first`: routes
    take what they need before the groups. `method` "key": the rest is shared by `key` (group id to share,
    together 1); "envelopes": each group has an amount that is set for the round. `overflow`: what is left in
    a pot goes "down" to the next, or is "carry": kept for the next round. `strict`: nobody is passed over,
    and nothing goes down while somebody in the pot waits; otherwise who fits in what is left is served
    ("fill").
    """

    id: str
    programme_share: float = 1.0
    routes_first: bool = True
    method: Literal["key", "envelopes"] = "key"
    key: dict[str, float] = field(default_factory=dict)
    overflow: Literal["down", "carry"] = "down"
    strict: bool = True
    text: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """On which days of a year rounds are held, and how soon what was granted must start."""

    dates: tuple[tuple[int, int], ...] = ()
    start_within_months: int | None = None
    decline_within_days: int | None = None
    text: Text = Text()
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Dated):
    """A number that a forecast needs: with its range when it is not certain. `still_valid_on`: when it was last checked
    against what is known.
    """

    id: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    text: Text = Text()
    still_valid_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareCategory:
    """How heavy the care is of who is helped. `group`: the id of the priority group of who asks with it.

    `heavy`: counts as heavy care in figures, norms and money.
    """

    id: str
    name: Text
    heavy: bool = False
    group: str = ""


What = Literal["file", "documents", "notes"]
After = Literal["closed", "death", "withdrawal"]
Deed = Literal["pseudonymise", "destroy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Dated):
    """What is done with a part of a file, so many months after an event, and why.

    `what`: the whole file of a person, their documents, or the notes of case consultations on them. `after`: the day on
    which the last request or budget of the person closed, on which they died, or on which they withdrew their last
    request without anything ever having been granted. `on_request`: only when the person asks for it.
    """

    id: str
    what: What
    after: After
    months: int
    deed: Deed
    on_request: bool = False
    why: Text

    def due(self, event: date) -> date:
        """The first day on which it is done, after an event on a day."""
        return add_months(event, self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A kind of help: everything one programme file says."""

    id: str
    name: Text
    begins: date
    resource: Literal["money", "places", "cases"] = "money"
    handout: Literal["round", "vacancy", "now"] = "round"  # now: at once or not at all (`now.NowProgramme`)
    counts: str = "request"
    kinds: tuple[str, ...] = ()
    kind_names: dict[str, Text] = field(default_factory=dict)
    coexist: tuple[frozenset[str], ...] = ()
    summary: Text = Text()
    tie_break: Text = Text()
    columns: tuple[Column, ...] = ()
    conditions: tuple[Condition, ...] = ()
    groups: tuple[Group, ...] = ()
    group_rules: tuple[GroupRule, ...] = ()
    priority_date_rules: tuple[PriorityDateRule, ...] = ()
    orders: tuple[Order, ...] = ()
    schemes: tuple[CategoryScheme, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    point_values: tuple[PointValue, ...] = ()
    routes: tuple[Route, ...] = ()
    partials: tuple[Partial, ...] = ()
    splits: tuple[Split, ...] = ()
    round: RoundPlan = RoundPlan()
    parameters: tuple[Parameter, ...] = ()
    care_categories: tuple[CareCategory, ...] = ()
    retentions: tuple[Retention, ...] = ()
    sector: str = ""  # of the staff it works with; "": it closes nothing for want of staff
    ask_oneself: bool = False  # people ask for it themselves; else a service or an officer does

    def group(self, number: int) -> Group | None:
        """The group with this number; None for 0 and for numbers the programme does not have."""
        return next((group for group in self.groups if group.number == number), None)

    def route(self, id: str, on: date) -> Route | None:
        """The route with this id that is open on a date."""
        return next((route for route in self.routes if route.id == id and route.holds(on)), None)

    def may_coexist(self, one: str, other: str) -> bool:
        """Whether one person may have live requests of both kinds at the same time."""
        wanted = {one, other}
        return one != other and any(wanted <= kinds for kinds in self.coexist)
