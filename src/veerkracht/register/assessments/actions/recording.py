"""Recording what was measured, putting it right, and taking it away."""

from django.db import transaction

from veerkracht.register.assessments.access import get_assessment, require_recorder
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.writing import Measured, drafted
from veerkracht.register.constraints import said as clearly
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.rulebook.types import Text

LONGEST_REASON = 300


def record_assessment(
    person: Person, *, by: Actor, measured: Measured, fictitious: bool = False
) -> Assessment:
    """Record what was measured of a person's need; its category follows from the items.

    Raises `Refused` for who may not, and `Invalid` at its field for what can't be (`writing.drafted`) or for a second
    result of the same instrument on one day.
    """
    require_recorder(by, person)
    with clearly(), transaction.atomic():
        person = _locked(person)
        found = drafted(person, measured, by=by, fictitious=fictitious)
        found.save()
        _logged(by, "create", found)
    return found


def correct_assessment(assessment: Assessment, *, by: Actor, measured: Measured, why: str) -> Assessment:
    """Say what should have been recorded, and why it was not: a newer one that takes its place.

    Raises `Conflict` when somebody corrected it before, and `Invalid` without a reason or for another instrument.
    """
    return _followed(assessment, by=by, measured=measured, why=why, withdrawn=False)


def withdraw_assessment(assessment: Assessment, *, by: Actor, why: str) -> Assessment:
    """Take a result away that should not be there, such as one of somebody else. Raises as `correct_assessment`."""
    return _followed(assessment, by=by, measured=as_measured(assessment), why=why, withdrawn=True)


def as_measured(assessment: Assessment) -> Measured:
    """A result as it was said."""
    return Measured(
        instrument=assessment.instrument,
        on=assessment.on,
        items=assessment.items,
        author=assessment.author,
        author_kind=assessment.author_kind,
        version=assessment.version,
        valid_until=assessment.valid_until,
    )


def _followed(
    assessment: Assessment, *, by: Actor, measured: Measured, why: str, withdrawn: bool
) -> Assessment:
    before = get_assessment(by, assessment.pk)
    reason = _reason(why)
    if measured.instrument != before.instrument:
        raise Invalid(
            Text(
                nl="Een verbetering is van hetzelfde instrument. Trek deze in en neem een nieuwe op.",
                en="A correction is of the same instrument. Withdraw this one and record a new one.",
            ),
            "instrument",
        )
    with clearly(), transaction.atomic():
        person = _locked(before.person)
        if Assessment.objects.filter(corrects=before).exists() or before.withdrawn:
            raise Conflict(CHANGED_MEANWHILE)
        found = drafted(
            person,
            measured,
            by=by,
            corrects=before,
            why=reason,
            withdrawn=withdrawn,
            fictitious=before.fictitious,
        )
        found.save()
        _logged(by, "change", found)
    return found


def _locked(person: Person) -> Person:
    # What somebody's assessments say together hangs on all of them: they are written one after another.
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _reason(why: str) -> str:
    why = " ".join(why.split())
    if not why or len(why) > LONGEST_REASON:
        raise Invalid(
            Text(
                nl=f"Zeg waarom, in hoogstens {LONGEST_REASON} tekens.",
                en=f"Say why, in at most {LONGEST_REASON} characters.",
            ),
            "why",
        )
    return why


def _logged(by: Actor, verb: str, assessment: Assessment) -> None:
    record(
        by,
        verb,
        assessment,
        person_id=assessment.person_id,
        detail={"instrument": assessment.instrument, "on": str(assessment.on)},
        fields=["assessment"],
    )
