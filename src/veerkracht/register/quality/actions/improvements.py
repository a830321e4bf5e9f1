"""What an organisation does to better its indicators: when it began, what it is, and when it ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality.access import require_recorder
from veerkracht.register.quality.measured import Wrong, refuse_first, wrong_words
from veerkracht.register.quality.models import Improvement, ImprovementIndicator
from veerkracht.register.rows import locked
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

# Later than this nobody plans it here: a slip of the finger.
FURTHEST = timedelta(days=2 * 366)
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Meant:
    """What is done from a day, and for which indicators. `measure`: of the region's money files; "" for none."""

    what: str
    indicators: tuple[str, ...]
    on: date
    measure: str = ""
    service: Service | None = None


def start_improvement(
    organisation: Organisation, *, by: Actor, meant: Meant, fictitious: bool = False
) -> Improvement:
    """Say what an organisation does to better some indicators.

    Raises `Refused` for another organisation than one's own, and `Invalid` for what has no words, no indicator, names
    a measure that isn't there, or begins years from now.
    """
    require_recorder(by, organisation)
    _check(meant, organisation)
    require_recorder(by, organisation, meant.indicators)
    with said(), transaction.atomic():
        improvement = Improvement.objects.create(
            organisation=organisation,
            service=meant.service,
            what=" ".join(meant.what.split()),
            measure=meant.measure,
            from_date=meant.on,
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
            fictitious=fictitious,
        )
        ImprovementIndicator.objects.bulk_create(
            ImprovementIndicator(improvement=improvement, indicator=id)
            for id in dict.fromkeys(meant.indicators)
        )
        record(by, "create", improvement, detail={"measure": meant.measure, "from": str(meant.on)})
    return improvement


def end_improvement(
    improvement: Improvement, *, by: Actor, on: date, version: int | None = None
) -> Improvement:
    """Say on which day it was done for the last time. `version`: what was seen.

    Raises `Conflict` when somebody was before us or it has ended, and `Invalid` for a day before it began or to come.
    """
    require_recorder(by, improvement.organisation)
    with said(), transaction.atomic():
        improvement = locked(improvement, version)
        if improvement.until_date is not None:
            raise Conflict(_HAS_ENDED)
        if not improvement.from_date <= on <= clock.today():
            raise Invalid(_ends_between(improvement.from_date, on), "on")
        improvement.until_date = on
        improvement.version += 1
        improvement.save(update_fields=["until_date", "version"])
        record(by, "change", improvement, detail={"until": str(on)})
    return improvement


def _check(meant: Meant, organisation: Organisation) -> None:
    refuse_first(wrong_words("what", meant.what))
    if not meant.indicators:
        raise Invalid(
            Text(nl="Kies minstens één indicator.", en="Choose at least one indicator."), "indicators"
        )
    if not EARLIEST <= meant.on <= clock.today() + FURTHEST:
        expected = Text(
            nl=f"een dag van {EARLIEST:%d-%m-%Y} tot hoogstens twee jaar na vandaag",
            en=f"a day from {EARLIEST} to at most two years after today",
        )
        raise Invalid(Wrong("on", meant.on.isoformat(), expected).text, "on")
    if meant.measure and meant.measure not in measures():
        listed = ", ".join(measures()) or "–"
        wrong = Wrong("measure", meant.measure[:60], Text(nl=f"een van: {listed}", en=f"one of: {listed}"))
        raise Invalid(wrong.text, "measure")
    if meant.service is not None and meant.service.organisation_id != organisation.pk:
        raise Invalid(
            Text(
                nl="Deze dienst is niet van deze organisatie.", en="This service is not of this organisation."
            ),
            "service",
        )


def measures() -> dict[str, Text]:
    """The names of the measures that the region's money pays for, by id."""
    money = region.current().money
    return {id: one.name for id, one in money.measures.items()} if money else {}


def _ends_between(begun: date, on: date) -> Text:
    expected = Text(nl=f"een dag van {begun:%d-%m-%Y} tot vandaag", en=f"a day from {begun} to today")
    return Wrong("on", on.isoformat(), expected).text


_HAS_ENDED = Text(nl="Deze verbetering is al beëindigd.", en="This improvement has ended already.")
