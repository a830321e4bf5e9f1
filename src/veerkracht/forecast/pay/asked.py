"""What somebody asks to buy: a rise, places in training, or money for posts; as measures that a forecast plays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht.forecast.calendar import MOST_YEARS
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters
from veerkracht.forecast.pay.cost import OWNER, pay_of, rise_of
from veerkracht.forecast.staff.drawn import OWNER as STAFF
from veerkracht.region import Measure, Region
from veerkracht.region.plans import Cost
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Text

PAY, TRAINING, POSTS = "pay", "training", "posts"
KINDS = (PAY, TRAINING, POSTS)
RUNS, YEARS = 200, 5
MOST_RUNS = 1000
TRAINING_PLACE = "training-place"  # the parameter of pay: euro of one place in training, for its whole length
_CENTS = 100
_ASKED = Text("Wat gevraagd wordt", "What is asked")
_NO_KIND = Text(
    "“{kind}” kan niet gekocht worden. Verwacht: {known}.", "“{kind}” can't be bought. Expected: {known}."
)
_NO_GROUP = Text("Kies minstens één groep.", "Choose at least one group.")
_NO_SECTORS = Text(
    "Het personeelsmodel kent geen sector van de groep {group}: wat een maatregel daar doet, is onbekend.",
    "The model of staff has no sector of the group {group}: what a measure does there is unknown.",
)
_NO_PROFESSION = Text(
    "Er is geen beroep “{profession}”. Verwacht: {known}.",
    "There is no profession “{profession}”. Expected one of: {known}.",
)
_NO_NUMBER = Text(
    "Geef een getal boven nul; gevonden: {number}.", "Give a number above zero; found: {number}."
)
_NO_STAFF = Text("Deze regio heeft geen gegevens over personeel.", "This region has no file on staff.")
_NO_LENGTH = Text(
    "{years} jaar en {runs} berekeningen kan niet. Verwacht: 1 tot {most_years} jaar, 2 tot {most_runs} berekeningen.",
    "{years} years and {runs} runs can't be. Expected: 1 to {most_years} years, 2 to {most_runs} runs.",
)


@dataclass(frozen=True)
class Asked:
    """`number`: percent of pay, places in training a year, or euro a year for posts, by `kind` (one of `KINDS`).

    `groups`: whose pay or posts; not asked of training, which is for one `profession`.
    """

    kind: str
    number: float
    from_: date
    groups: tuple[str, ...] = ()
    profession: str = ""
    years: int = YEARS
    runs: int = RUNS
    seed: int = 1

    @property
    def start(self) -> date:
        """The last day of the year before it begins, so that years are those of the calendar."""
        return date(self.from_.year - 1, 12, 31)


def sectors_of(region: Region, asked: Asked) -> tuple[str, ...]:
    """The sectors of staff that it is for; all of them for training."""
    staff = staff_of(region)
    if asked.kind == TRAINING:
        return tuple(sector.id for sector in staff.sectors)
    groups = pay_of(region).groups
    return tuple(dict.fromkeys(sector for id in asked.groups for sector in groups[id].sectors))


def staff_of(region: Region) -> Workforce:
    """Raises `ForecastFault` for a region without a file on staff."""
    if region.staff is None:
        raise ForecastFault(_NO_STAFF)
    return region.staff


def check(region: Region, asked: Asked) -> None:
    """Raises `ForecastFault` for what can't be asked, with what was expected."""
    if asked.kind not in KINDS:
        raise ForecastFault(_NO_KIND.fill(kind=asked.kind, known=", ".join(KINDS)))
    if asked.kind == TRAINING:
        known = [profession.id for profession in staff_of(region).professions]
        if asked.profession not in known:
            raise ForecastFault(_NO_PROFESSION.fill(profession=asked.profession, known=", ".join(known)))
    elif not asked.groups:
        raise ForecastFault(_NO_GROUP)
    # What holds of a rise holds of every kind: a group that there is, and a day.
    groups = asked.groups or tuple(pay_of(region).groups)[:1]
    for group in groups:
        rise_of(region, group, asked.number if asked.kind == PAY else 1.0, asked.from_)
    if not asked.number > 0:
        raise ForecastFault(_NO_NUMBER.fill(number=f"{asked.number:g}"))
    for group in asked.groups:
        if asked.kind != TRAINING and not pay_of(region).groups[group].sectors:
            raise ForecastFault(_NO_SECTORS.fill(group=group))
    if not (1 <= asked.years <= MOST_YEARS and 2 <= asked.runs <= MOST_RUNS):
        found = {"years": asked.years, "runs": asked.runs}
        raise ForecastFault(_NO_LENGTH.fill(**found, most_years=MOST_YEARS, most_runs=MOST_RUNS))


def measures_of(region: Region, asked: Asked) -> tuple[Measure, ...]:
    """What is asked as a plan would say it. For what `check` lets through."""
    if asked.kind == TRAINING:
        return (
            _measure(
                asked, "training", asked.number, profession=asked.profession, cost=_place(region, asked)
            ),
        )
    sectors = sectors_of(region, asked)
    if asked.kind == PAY:
        return tuple(_measure(asked, "pay", asked.number, sector=sector) for sector in sectors)
    shares = _by_staff(region, asked, sectors)
    return tuple(
        _measure(asked, "money", asked.number * share, sector=sector)
        for sector, share in zip(sectors, shares, strict=True)
    )


def for_all(asked: Asked) -> tuple[Measure, ...]:
    """The same rise for every sector that recruits from the same people."""
    return (_measure(asked, "pay", asked.number),)


def _measure(
    asked: Asked, kind: str, number: float, sector: str = "", profession: str = "", cost: Cost | None = None
) -> Measure:
    return Measure(
        id=f"asked-{sector or profession or 'all'}",
        programme="",
        kind=kind,
        name=_ASKED,
        amount_cents_per_year=round(number * _CENTS) if kind == "money" else 0,
        recurrent=True,
        from_=asked.from_,
        until=None,
        to="",
        source=None,
        assumption=None,
        number=None if kind == "money" else number,
        sector=sector,
        profession=profession,
        cost=cost,
    )


def _by_staff(region: Region, asked: Asked, sectors: Sequence[str]) -> list[float]:
    """The part of each sector in the staff of all of them: money for several is shared so."""
    parameters = Parameters(STAFF, staff_of(region).parameters, asked.start)
    fte = [parameters.need(f"fte.{sector}").value for sector in sectors]
    return [one / sum(fte) for one in fte]


def _place(region: Region, asked: Asked) -> Cost | None:
    """What one place in training costs; None when the region doesn't say."""
    parameters = Parameters(OWNER, pay_of(region).parameters, asked.start)
    if not parameters.has(TRAINING_PLACE):
        return None
    found = parameters.need(TRAINING_PLACE)
    return Cost(found.value, found.low, found.high, True, found.source, found.assumption)
