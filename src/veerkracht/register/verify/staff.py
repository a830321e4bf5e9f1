"""What is kept of a service's staff is what its counts say, and nobody took a place for which there was no staff."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import F, Q
from django.utils import timezone

from veerkracht.register import clock
from veerkracht.register.staff.models import StaffCount, StaffFlow, TrainingInflow
from veerkracht.register.supply.models import Hold, Service, Staffing
from veerkracht.register.supply.queries.staffing import staffing
from veerkracht.register.supply.staffing import in_the_way
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

_KEYS = {
    StaffCount: ("organisation", "service", "profession", "sector", "area", "on"),
    StaffFlow: ("organisation", "service", "profession", "sector", "area", "from_date", "until_date"),
    TrainingInflow: ("profession", "school_year"),
}


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "staffing_is_what_the_counts_say": (
            Text(
                nl="Het personeel van een dienst is wat de laatste versie van haar tellingen zegt.",
                en="The staff kept of a service is what the latest version of its counts says.",
            ),
            _kept,
        ),
        "no_place_held_without_staff": (
            Text(
                nl="Niemand nam een plaats in of hield ze vast toen er geen personeel meer voor was.",
                en="Nobody took or held a place when there was no staff for it any more.",
            ),
            _held,
        ),
        "staff_correction_follows_what_it_corrects": (
            Text(
                nl="Een verbetering van een cijfer over personeel gaat over hetzelfde, en is de volgende versie.",
                en="A correction of a figure on staff is about the same, and is the next version.",
            ),
            _corrections,
        ),
        "staff_periods_do_not_overlap": (
            Text(
                nl="Wie kwam en ging, staat voor geen dag twee keer opgegeven.",
                en="Who came and went is reported for no day twice.",
            ),
            _overlaps,
        ),
    }


def _kept() -> Iterable[str]:
    counts = StaffCount.objects.filter(service__isnull=False, replaced_by=None)
    said = {
        tuple(row[:3]): row[3] for row in counts.values_list("service", "profession", "on", "fte_hundredths")
    }
    kept = {
        tuple(row[:3]): row[3]
        for row in Staffing.objects.values_list("service", "profession", "holds_from", "fte_hundredths")
    }
    for key in sorted(said.keys() | kept.keys()):
        if key not in kept or key not in said or kept[key] != said[key]:
            yield f"service {key[0]}, {key[1]}, {key[2]}: {kept.get(key, 'nothing')} ≠ {said.get(key, 'nothing')}"


def _held() -> Iterable[str]:
    """Only of services where somebody took a place after what is known of the staff was written down: staff that leaves
    afterwards puts nobody out.
    """
    services = list(Service.objects.filter(staffings__isnull=False).distinct().order_by("pk"))
    for service, found in zip(services, staffing(services).values(), strict=True):
        taken = found.occupied + found.held
        if found.staffed is not None and taken > found.staffed and _was_last(service):
            yield f"service {service.pk}: {taken} > {found.staffed}"


def _was_last(service: Service) -> bool:
    """Whether a place was taken after the staff of today was known."""
    held = Hold.objects.filter(in_the_way(), unit__service=service).order_by("-made_at").first()
    staffings = Staffing.objects.filter(service=service, holds_from__lte=clock.today())
    known = max((max(one.recorded_at, _morning(one)) for one in staffings), default=None)
    return held is not None and known is not None and held.made_at > known


def _morning(one: Staffing) -> datetime:
    return timezone.make_aware(datetime.combine(one.holds_from, time.min))


def _corrections() -> Iterable[str]:
    for kind, key in _KEYS.items():
        other = Q()
        for name in key:
            # Two unknown services are the same, which a comparison in SQL does not say.
            other |= ~Q(**{name: F(f"replaces__{name}")}) & (
                Q(**{f"{name}__isnull": False}) | Q(**{f"replaces__{name}__isnull": False})
            )
        wrong = other | ~Q(version=F("replaces__version") + 1)
        found = kind.objects.filter(wrong, replaces__isnull=False).order_by("pk")
        yield from (f"{kind._meta.model_name} {key}" for key in found.values_list("pk", flat=True))


def _overlaps() -> Iterable[str]:
    last: dict[tuple[object, ...], StaffFlow] = {}
    rows = StaffFlow.objects.filter(replaced_by=None).order_by("from_date", "pk")
    for row in rows.iterator():
        of_service = (row.service_id, row.profession)
        whole = (None, row.organisation_id, row.profession, row.sector, row.area)
        key = of_service if row.service_id else whole
        before = last.get(key)
        if before is not None and before.until_date >= row.from_date:
            yield f"staffflow {before.pk} and {row.pk}"
        last[key] = row
