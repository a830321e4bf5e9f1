"""Who has a result that expires soon is told, in time to have a new one made."""

from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.sharing.models import Notice
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.representation import who_is_told

# The kind of notice; its words are on the pages.
EXPIRES = "assessment-expires"


def remind(*, by: Actor) -> int:
    """Tell whose last result of an instrument expires within the days that the region says, and who speaks for them;
    how many results that was. Of who stays somewhere or asks for something; for a command that runs each day. Of each
    result somebody is told once.
    """
    require("assessment.remind", by)
    today, done = clock.today(), 0
    for instrument in definitions().instruments.values():
        due = access.list_current(by).filter(
            instrument=instrument.id,
            valid_until__gt=today,
            valid_until__lte=today + timedelta(days=instrument.remind_days),
        )
        for one in due.order_by("pk").iterator():
            done += _tell(one, by)
    return done


def _tell(assessment: Assessment, by: Actor) -> int:
    """How many were told: 1, or 0 for what was told before or to who has nobody with an account."""
    about = str(assessment.pk)
    if Notice.objects.filter(kind=EXPIRES, person=assessment.person_id, about=about).exists():
        return 0
    users = who_is_told(assessment.person, clock.today())
    if not users:
        return 0
    with said(), transaction.atomic():
        tell(
            users, EXPIRES, assessment.person, about,
            instrument=assessment.instrument, until=str(assessment.valid_until),
        )  # fmt: skip
        record(by, "change", assessment, person_id=assessment.person_id, detail={"told": len(users)})
    return 1
