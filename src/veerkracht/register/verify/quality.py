"""What is measured is possible, each version follows another, and no two periods of one thing overlap."""

from collections.abc import Iterable
from itertools import pairwise

from veerkracht.register import clock
from veerkracht.register.quality.access import in_force
from veerkracht.register.quality.measured import definitions, wrongs_of
from veerkracht.register.quality.models import Improvement, ImprovementIndicator, IndicatorValue, Signal
from veerkracht.register.quality.writing import as_measured
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "quality_value_is_possible": (
            Text(
                nl="Een kwaliteitswaarde past bij de definitie van haar indicator en is van een dienst van haar "
                "organisatie.",
                en="A value of quality fits its indicator's definition and is of a service of its organisation.",
            ),
            _values,
        ),
        "quality_versions_follow_each_other": (
            Text(
                nl="De versies van een kwaliteitswaarde volgen elkaar op, zonder gat.",
                en="The versions of a value of quality follow each other without a gap.",
            ),
            _versions,
        ),
        "quality_periods_do_not_overlap": (
            Text(
                nl="Van één indicator heeft een organisatie of dienst geen twee waarden voor dezelfde dag.",
                en="An organisation or service has no two values of one indicator for the same day.",
            ),
            _overlaps,
        ),
        "improvement_has_an_indicator": (
            Text(
                nl="Een verbetering heeft een indicator, en is van een dienst van haar organisatie.",
                en="An improvement has an indicator, and is of a service of its organisation.",
            ),
            _improvements,
        ),
        "signal_is_of_its_help": (
            Text(
                nl="Een klacht of toezicht is van een soort die de regio voor die hulp kent; een verbetering is van "
                "hetzelfde huis en dezelfde soort.",
                en="A complaint or supervision is of a kind that the region knows for that help; a correction is of "
                "the same home and kind.",
            ),
            _signals,
        ),
    }


def _values() -> Iterable[str]:
    """An indicator that the region no longer has is no fault: what was measured stays."""
    quality, today = definitions(), clock.today()
    known = quality.indicators if quality else {}
    for value in in_force().select_related("service").order_by("pk").iterator():
        if value.service and value.service.organisation_id != value.organisation_id:
            yield f"value {value.pk}: service"
        elif value.indicator in known:
            wrong = next(wrongs_of(as_measured(value), today), None)
            if wrong is not None:
                yield f"value {value.pk}: {wrong.field} {wrong.found}"


_OF = ("organisation_id", "service_id", "indicator")


def _versions() -> Iterable[str]:
    last: dict[tuple[object, ...], int] = {}
    rows = IndicatorValue.objects.order_by("version", "pk").values_list(*_OF, "from_date", "version", "pk")
    for *key, version, pk in rows.iterator():
        before = last.get(tuple(key), 0)
        if version != before + 1:
            yield f"value {pk}: version {version} after {before}"
        last[tuple(key)] = version


def _overlaps() -> Iterable[str]:
    rows = in_force().order_by(*_OF, "from_date", "pk").values_list(*_OF, "from_date", "until_date", "pk")
    for one, other in pairwise(rows.iterator()):
        if one[:3] == other[:3] and other[3] <= one[4]:
            yield f"values {one[5]} and {other[5]}"


def _improvements() -> Iterable[str]:
    aimed = ImprovementIndicator.objects.values("improvement")
    without = Improvement.objects.exclude(pk__in=aimed).order_by("pk").values_list("pk", flat=True)
    yield from (f"improvement {pk}" for pk in without)
    of_services = Improvement.objects.exclude(service=None).select_related("service").order_by("pk")
    for one in of_services.iterator():
        if one.service.organisation_id != one.organisation_id:
            yield f"improvement {one.pk}: service"


def _signals() -> Iterable[str]:
    """A kind that the region no longer has is no fault: what was noted stays."""
    quality = definitions()
    known = quality.signals if quality else {}
    for one in Signal.objects.select_related("service", "corrects").order_by("pk").iterator():
        before, kind = one.corrects, known.get(one.kind)
        is_other = before and (before.service_id, before.kind) != (one.service_id, one.kind)
        if is_other or (before and before.withdrawn) or (kind and kind.programme != one.service.programme):
            yield f"signal {one.pk}"
