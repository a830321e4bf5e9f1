"""One value written, and what may not be there before. For the actions, after they asked."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.errors import Conflict
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality.access import in_force
from veerkracht.register.quality.measured import Measured, Wrong
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.rulebook.types import Text


def lock(organisations: Iterable[Organisation]) -> None:
    """Values of one organisation are written one after another: that periods overlap is no rule a table can hold."""
    # In the order of their numbers, so that two who do this at once don't wait for each other.
    ids = sorted({one.pk for one in organisations})
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def standing(organisations: Iterable[Organisation]) -> QuerySet[IndicatorValue]:
    """The values of some organisations that hold now."""
    return in_force().filter(organisation__in={one.pk for one in organisations})


def wrong_beside(
    said: Measured, organisation: Organisation, others: Iterable[IndicatorValue]
) -> Iterator[Wrong]:
    """What is wrong with a value beside those that are there: its period overlaps theirs."""
    for other in others:
        if (
            other.organisation_id == organisation.pk
            and other.service_id == (said.service.pk if said.service else None)
            and other.indicator == said.indicator
            and other.from_date <= said.until
            and other.until_date >= said.from_
        ):
            expected = Text(
                nl=f"een andere periode: van {other.from_date:%d-%m-%Y} tot {other.until_date:%d-%m-%Y} is er al een "
                "waarde; verbeter die",
                en=f"another period: there is a value from {other.from_date} to {other.until_date} already; "
                "correct that",
            )
            yield Wrong("from", said.from_.isoformat(), expected)


def is_same(value: IndicatorValue, said: Measured) -> bool:
    """Whether a value says just what is reported again."""
    return (value.numerator, value.denominator, value.spread, value.stratum, value.until_date) == (
        said.numerator,
        said.denominator,
        said.spread,
        said.stratum,
        said.until,
    )


def write(
    organisation: Organisation, said: Measured, *, by: Actor, version: int, why: str = "", **facts: bool
) -> IndicatorValue:
    """A new version of a value. `facts`: `withdrawn`, `fictitious`."""
    return IndicatorValue.objects.create(
        organisation=organisation,
        service=said.service,
        indicator=said.indicator,
        from_date=said.from_,
        until_date=said.until,
        numerator=said.numerator,
        denominator=said.denominator,
        spread=said.spread,
        stratum=said.stratum,
        source=said.source,
        version=version,
        why=why,
        by=by.user,
        by_name=by.name,
        recorded_at=clock.now(),
        **facts,
    )


def next_version(organisation: Organisation, said: Measured) -> int:
    """One more than the last there was, also when that took the value away."""
    known = IndicatorValue.objects.filter(
        organisation=organisation, service=said.service, indicator=said.indicator, from_date=said.from_
    )
    last = known.order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def as_measured(value: IndicatorValue) -> Measured:
    """A value as it was reported."""
    return Measured(
        indicator=value.indicator,
        from_=value.from_date,
        until=value.until_date,
        numerator=value.numerator,
        denominator=value.denominator,
        source=value.source,
        spread=value.spread,
        stratum=value.stratum,
        service=value.service,
    )


def require_last(value: IndicatorValue) -> None:
    """Raise `Conflict` when a value was corrected or withdrawn since it was seen."""
    if not in_force().filter(pk=value.pk).exists():
        raise Conflict(CHANGED_MEANWHILE)
