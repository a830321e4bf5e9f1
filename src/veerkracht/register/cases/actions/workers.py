"""Who works on a case: somebody of one's own organisation takes it up, and lets it go."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.permissions import Case, require
from veerkracht.register.rows import locked
from veerkracht.register.sharing.models import CaseWorker
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import CASE_ROLES, staff_of
from veerkracht.rulebook.types import Text


def assign(person: Person, *, by: Actor, programme: str, user: User, on: date | None = None) -> CaseWorker:
    """Somebody of the actor's own organisation works on a case from a day on (None: today).

    Raises `Invalid` for somebody without a role for case work there: another organisation gets a file by consent or
    by referral, never by this.
    """
    programme = programme or by.programme
    require("case.assign", by, Case(person, programme, person.area))
    own = [by.organisation_id] if by.organisation_id else []
    if user.pk not in {one.pk for one in staff_of(own, programme, CASE_ROLES)}:
        raise Invalid(
            Text(
                nl="Deze persoon heeft in uw organisatie geen rol om dit dossier op te volgen.",
                en="This person has no role in your organisation to work on this case.",
            ),
            "user",
        )
    with said(), transaction.atomic():
        worker = CaseWorker.objects.create(
            person=person,
            programme=programme,
            user=user,
            organisation_id=by.organisation_id,
            from_date=on or clock.today(),
            given_by_name=by.name,
        )
        record(by, "create", worker, person_id=person.pk, detail={"user": user.pk})
        if user.pk != by.user_id:
            tell([user], "case-assigned", person, str(worker.pk), who=by.name)
    return worker


def take_up(person: Person, *, by: Actor, programme: str = "", until: date | None = None) -> None:
    """Who makes a file works on it from today, up to and including the day `until`. For an action that asked who may;
    nothing for a command, and for who works on it already.
    """
    live = {"person": person, "programme": programme, "user": by.user, "organisation_id": by.organisation_id}
    if by.membership is None or CaseWorker.objects.filter(**live, until_date=None, ended_at=None).exists():
        return
    worker = CaseWorker.objects.create(
        **live, from_date=clock.today(), until_date=until, given_by_name=by.name
    )
    record(by, "create", worker, person_id=person.pk, detail={"user": by.user_id})


def end_case_work(worker: CaseWorker, *, by: Actor) -> CaseWorker:
    """Somebody stops working on a case, from this moment. Raises `Invalid` when it had ended before."""
    require("case.assign", by, worker)
    with said(), transaction.atomic():
        worker = locked(worker)
        if worker.ended_at:
            raise Invalid(Text(nl="Dit is al beëindigd.", en="This has ended already."))
        worker.ended_at = clock.now()
        worker.save(update_fields=["ended_at"])
        record(by, "change", worker, person_id=worker.person_id, detail={"ended": True})
    return worker
