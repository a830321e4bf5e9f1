"""Invented homes and what they measured in the demo world; every name says that they are invented.

Around the published figures of all together, with one that clearly stands out, one that did something which helped and
one that did something of which nothing can be seen.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from veerkracht import region
from veerkracht.region.quality import PROPORTION, STRATUM, Indicator
from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.quality.actions import Meant, start_improvement
from veerkracht.register.quality.measured import Measured, definitions
from veerkracht.register.quality.models import IndicatorValue

KIND = "care-home"
OUTLIER = 6
_HOMES = 30
_PERIODS = 5
_SEED = 525
_SOURCE = "Verzonnen voor de demo / Invented for the demo"
_UNPUBLISHED = 0.1
# How much homes differ by themselves, as a standard deviation of the logarithm of the odds.
_UNEVEN = 0.25
_OUTLIER_ODDS, _HELPED_BEFORE, _HELPED_AFTER = 4.0, 2.0, 0.5
_NAMES = (
    "De Proefhof",
    "Fabelrust",
    "Huize Fictief",
    "Modelweide",
    "De Schijn",
    "Testbeek",
    "Verzonnen Tuin",
    "Denkveld",
    "Nergenshof",
    "Sprookjesdal",
)


def add_quality() -> None:
    """Add the homes, what they measured in the last periods, and two improvements; nothing where none is asked."""
    measured = _indicators()
    if not measured:
        return
    by, homes = Actor.for_command("world"), _homes()
    marked = measured[-2:][0]
    rows = [row for one in measured for row in _values(one, homes, by, is_marked=one is marked)]
    IndicatorValue.objects.bulk_create(rows, batch_size=500)
    record(by, "create", "indicatorvalue", detail={"rows": len(rows), "fictitious": True})
    _improve(marked, measured[0], homes, by)


def _indicators() -> list[Indicator]:
    """Shares of people of which a figure was published for all together."""
    quality = definitions()
    known = quality.indicators.values() if quality else ()
    return [
        one for one in known if one.kind == PROPORTION and one.persons and one.references and _periods(one)
    ]


def _homes() -> list[Organisation]:
    """The invented homes; the first is where the demo's admission officer works."""
    worker = Membership.objects.filter(role="admission").select_related("organisation").order_by("pk").first()
    made = [Organisation.objects.create(name=home_name(number), kind=KIND) for number in range(_HOMES)]
    return [worker.organisation, *made] if worker else made


def home_name(number: int) -> str:
    """What the invented home with this number is called."""
    return f"Woonzorgcentrum {_NAMES[number % len(_NAMES)]} {number // len(_NAMES) + 1} (demo)"


def _periods(indicator: Indicator) -> list[tuple[date, date]]:
    """The last whole periods in which the indicator was measured, oldest first."""
    found, today = list[tuple[date, date]](), clock.today()
    begins, ends = indicator.period_of(today)
    measurement = indicator.measurement
    while len(found) < _PERIODS and begins >= measurement.from_:
        if ends <= today and (measurement.until is None or begins < measurement.until):
            found.append((begins, ends))
        begins, ends = indicator.period_of(begins - timedelta(days=1))
    return found[::-1]


def _values(
    indicator: Indicator, homes: list[Organisation], by: Actor, *, is_marked: bool
) -> Iterator[IndicatorValue]:
    """By luck that hangs on the indicator alone, so that another one more changes nothing here."""
    luck = np.random.default_rng([_SEED, *indicator.id.encode()])
    share = indicator.references[-1].value or _UNPUBLISHED
    size = np.random.default_rng(_SEED).integers(45, 190, len(homes))
    own = share / (1 - share) * np.exp(luck.normal(0, _UNEVEN, len(homes)))
    strata = _strata(indicator)
    periods = _periods(indicator)
    for place, (from_, until) in enumerate(periods):
        odds = own.copy()
        if is_marked:
            odds[OUTLIER] = share / (1 - share) * _OUTLIER_ODDS
            is_after = place == len(periods) - 1
            odds[0] = share / (1 - share) * (_HELPED_AFTER if is_after else _HELPED_BEFORE)
        counts = luck.binomial(size, odds / (1 + odds))
        for home, count, many in zip(homes, counts, size, strict=True):
            said = Measured(indicator.id, from_, until, Decimal(int(count)), int(many), _SOURCE)
            yield _row(home, said, strata[home.pk % len(strata)], by)


def _strata(indicator: Indicator) -> list[str]:
    quality = definitions()
    return [one.id for one in quality.strata] if quality and indicator.adjustment == STRATUM else [""]


def _row(home: Organisation, said: Measured, stratum: str, by: Actor) -> IndicatorValue:
    return IndicatorValue(
        organisation=home,
        indicator=said.indicator,
        from_date=said.from_,
        until_date=said.until,
        numerator=said.numerator,
        denominator=said.denominator,
        stratum=stratum,
        source=said.source,
        by_name=by.name,
        recorded_at=clock.now(),
        fictitious=True,
    )


def _improve(helped: Indicator, other: Indicator, homes: list[Organisation], by: Actor) -> None:
    """Both begin in the middle of the last period but one: what is before and after is clear."""
    begins, ends = _periods(helped)[-2]
    on = begins + (ends - begins) / 2
    paid = _paying(helped)
    for home, indicator, what in (
        (homes[0], helped, "Opleiding en laag-laagbedden / Training and low beds (demo)"),
        (homes[1], other, "Een nieuwe controlelijst / A new checklist (demo)"),
    ):
        meant = Meant(what, (indicator.id,), on, measure=paid if home is homes[0] else "")
        start_improvement(home, by=by, meant=meant, fictitious=True)


def _paying(indicator: Indicator) -> str:
    """The first measure for the quality of just those who measure this; "" when there is none."""
    money, of = region.current().money, indicator.measurement
    known = money.measures.values() if money else ()
    fitting = (
        one.id
        for one in known
        if one.kind == "quality"
        and (one.programme or one.sector)
        and one.programme in ("", of.programme)
        and one.sector in ("", of.sector)
    )
    return next(fitting, "")
