"""Who is in training for a profession in the region: reported, and corrected."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.messages import MESSAGES
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import access, checks, writing
from veerkracht.register.staff.facts import TrainingFigures
from veerkracht.register.staff.models import TrainingInflow


def record_training(
    profession: str,
    school_year: int,
    figures: TrainingFigures,
    *,
    by: Actor,
    source: str,
    fictitious: bool = False,
) -> TrainingInflow:
    """Report who is in training in the school year that begins in a year, in the whole region: for a command.

    Raises `Refused` for who reports of one organisation, and `Invalid` for what can't be, or a year that is there.
    """
    access.require_recorder(by, None)
    checks.refuse_first(checks.faults_of_training(figures, profession, school_year, clock.today()))
    checks.refuse_first(checks.faults_of_words(source, None))
    with said(), transaction.atomic():
        if standing(profession, school_year) is not None:
            raise Invalid(MESSAGES["training_once_a_year"], "school_year")
        key = {"profession": profession, "school_year": school_year}
        inflow = writing.write(TrainingInflow, key, figures, by=by, source=source, fictitious=fictitious)
        record(by, "create", inflow, detail={"profession": profession, "school_year": school_year})
    return inflow


def correct_training(
    inflow: TrainingInflow, figures: TrainingFigures, *, by: Actor, reason: str, source: str = ""
) -> TrainingInflow:
    """Put better figures in the place of those of a school year; the old ones stay, with the reason.

    Raises `Refused` for who reports of one organisation, `Conflict` when somebody corrected it before us, and `Invalid`
    for what can't be.
    """
    access.require_recorder(by, None)
    today = clock.today()
    checks.refuse_first(checks.faults_of_training(figures, inflow.profession, inflow.school_year, today))
    checks.refuse_first(checks.faults_of_words(source or inflow.source, reason))
    with said(), transaction.atomic():
        inflow = TrainingInflow.objects.select_for_update().get(pk=inflow.pk)
        new = writing.replace(inflow, figures, by=by, reason=reason, source=source)
        record(by, "change", new, detail={"replaces": inflow.pk, "reason": reason})
    return new


def standing(profession: str, school_year: int) -> TrainingInflow | None:
    """The latest version of what is said of a school year."""
    key = {"profession": profession, "school_year": school_year}
    return TrainingInflow.objects.filter(**key, replaced_by=None).first()
