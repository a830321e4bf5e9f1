"""How much more money a year a target takes, from when and for how long, and what is needed after it to stay there.

Money is added every year: as much again on top of the year before, for money that somebody got is not free again until
they leave. The least amount is found by doubling and then halving on runs with the same luck, where more money never
makes things worse but by chance, so that the share of runs in which the target is reached is a stairway up. Few runs
find about where it lies, all runs where, and the answer is played once more with luck that the search has not met.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from veerkracht.forecast.choices.growth import Growth, largest_growth
from veerkracht.forecast.choices.reach_search import Search
from veerkracht.forecast.choices.setting import Setting, Steps, check_days
from veerkracht.forecast.choices.targets import Question
from veerkracht.forecast.choices.uses import Use, use_named, uses_of, whole_programme
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.many import Progress
from veerkracht.region import Plan
from veerkracht.region.years import every_year, years_on
from veerkracht.rulebook.types import Text

_CERTAINTIES = (0.1, 0.5, 0.9)
_LATER = (1, 2)
SEARCH_RUNS = 40
_PLAYS = 110  # about, for the bar of progress

_SURENESS = Text(
    "Een zekerheid van {sure} kan niet: een deel van de berekeningen tussen 0 en 1 wordt verwacht, zoals 0.8.",
    "A certainty of {sure} can't be: expected a share of the runs between 0 and 1, such as 0.8.",
)
_WITH = Text(
    "Zeg waar het geld naartoe gaat (--with): voor {series} staat dat niet vast. Het kan naar: {there}.",
    "Say what the money goes to (--with): for {series} it is not clear. It can go to: {there}.",
)


@dataclass(frozen=True)
class Reach:
    """The answer. Amounts are euro a year that are added every year, in the prices of that year.

    `euro`: the least that reaches the target in `sure` of the runs; None when nothing does, and `why` says it.
    `amount`: the same in what the use counts (places, cases …). `years`: how often it is added. `now`: in which share
    of the runs the target is reached without it, `fresh`: with it, in `runs` runs with new luck. `by_certainty`: what
    reaches it in other shares of the runs. `later`: what it takes when it begins so many years later. `after`: what
    must still be added in each year from `by` until `after_until` to stay there; None when nothing holds it, or when
    the forecast ends there (no `after_until`). `largest`: the most that was ever added in a year.
    """

    question: Question
    use: Use
    years: int
    now: float
    largest: Growth | None
    euro: float | None = None
    amount: float | None = None
    by_certainty: dict[float, float | None] = field(default_factory=dict)
    later: dict[int, float | None] = field(default_factory=dict)
    after: float | None = None
    after_until: date | None = None
    fresh: float | None = None
    runs: int = 0
    why: Text | None = None
    plan: Plan | None = None

    @property
    def times_largest(self) -> float | None:
        """How many times what was ever added in a year."""
        if self.euro is None or self.largest is None or self.largest.euro <= 0:
            return None
        return self.euro / self.largest.euro

    def plain(self) -> dict[str, Any]:
        asked = self.question
        return {
            "target": str(asked.target),
            "by": asked.by.isoformat(),
            "from": asked.from_.isoformat(),
            "years": self.years,
            "sure": asked.sure,
            "use": self.use.id,
            "reached_without": self.now,
            "euro_a_year": self.euro,
            "amount_a_year": self.amount,
            "by_certainty": [{"sure": sure, "euro_a_year": euro} for sure, euro in self.by_certainty.items()],
            "later": [{"years": years, "euro_a_year": euro} for years, euro in self.later.items()],
            "after": {"euro_a_year": self.after, "until": self.after_until},
            "reached_with_new_luck": self.fresh,
            "runs": self.runs,
            "largest_growth": asdict(self.largest) if self.largest else None,
            "times_largest_growth": self.times_largest,
            "why": {"nl": self.why.nl, "en": self.why.en} if self.why else None,
        }


def reach(setting: Setting, plan_id: str, question: Question, progress: Progress | None = None) -> Reach:
    """What it takes to reach a target on top of a plan. Raises `ForecastFault` for what can't be asked."""
    _check(setting, question)
    narrow, (name,) = setting.narrowed(plan_id, [question.target.series])
    question = replace(question, target=replace(question.target, series=name))
    use = _use(setting, plan_id, question)
    if not name.startswith(f"{use.measure.programme}."):
        narrow = setting
    steps = Steps(progress, _PLAYS)
    few = Search(replace(narrow, runs=min(narrow.runs, SEARCH_RUNS)), plan_id, question, use, steps)
    search = Search(narrow, plan_id, question, use, steps) if narrow.runs > SEARCH_RUNS else few
    answer = Reach(
        question,
        use,
        years=len(every_year(question.from_, question.by)),
        now=search.share(0.0, question.from_),
        largest=largest_growth(setting.region, use),
    )
    guess = few.find(question.from_, question.sure)
    euro = None if guess is None else search.near(guess, question.sure)
    if euro is None:
        return replace(answer, why=few.why())
    return _answered(answer, euro, few, search)


def _answered(answer: Reach, euro: float, few: Search, search: Search) -> Reach:
    """The answer with the amount that reaches the target, and all that follows from it."""
    question = answer.question
    guesses = {sure: few.find(question.from_, sure) for sure in _CERTAINTIES}
    after, until = few.after(euro)
    return replace(
        answer,
        euro=euro,
        amount=answer.use.amount(euro),
        by_certainty={
            sure: None if guess is None else search.near(guess, sure) for sure, guess in guesses.items()
        },
        later={years: few.find(day, question.sure) for years, day in _later(question)},
        after=after,
        after_until=until,
        fresh=search.fresh(euro),
        runs=search.runs,
        plan=search.plan(euro, question.from_, after or 0.0),
    )


def _check(setting: Setting, question: Question) -> None:
    if not 0 < question.sure < 1:
        raise ForecastFault(_SURENESS.fill(sure=f"{question.sure:g}"))
    check_days(setting, question.from_, question.by)


def _later(question: Question) -> list[tuple[int, date]]:
    """Beginning some years later, as long as that is before the day of the target."""
    begins = [(years, years_on(question.from_, years)) for years in _LATER]
    return [(years, day) for years, day in begins if day < question.by]


def _use(setting: Setting, plan_id: str, question: Question) -> Use:
    """What the money goes to: as asked, else the pot or the programme that the series is of."""
    uses = uses_of(setting.region, plan_id, question.from_)
    in_rounds = {id: one for id, one in setting.region.programmes.items() if one.round.dates}
    uses |= {id: whole_programme(one, question.from_) for id, one in in_rounds.items()}
    if question.use:
        return use_named(uses, question.use)
    programme, _, rest = question.target.series.partition(".")
    pot = f"{programme}.{rest.partition('.')[2]}"
    if pot in uses or programme in in_rounds:
        return uses.get(pot) or uses[programme]
    own = [one for one in uses.values() if one.measure.programme == programme]
    if len(own) != 1:
        there = ", ".join(one.id for one in own) or ", ".join(uses)
        raise ForecastFault(_WITH.fill(series=question.target.series, there=there))
    return own[0]
