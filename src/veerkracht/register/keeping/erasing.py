"""Takes a person out of what is kept about them. Counts stay true: requests, days, numbers and money stay.

Only for what the rules of retention allow and two persons decided on (`retention`), or what a person asked for
where the rule allows that (`erasure`).
"""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.care.models import ImportedRow, Step
from veerkracht.register.documents import actions as documents
from veerkracht.register.documents.models import Document
from veerkracht.register.keeping.models import LegalHold, Objection
from veerkracht.register.lists.models import Double, Entry, EntryStep, Together
from veerkracht.register.log.clearing import clear_entries, permit
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.offers.models import OfferStep, PassedOver
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Move, Person, PersonalCode, User
from veerkracht.register.sharing.models import (
    Address,
    Consent,
    ConsentVoice,
    Consultation,
    ConsultationNote,
    EmergencyAccess,
    Notice,
    Referral,
    Representation,
    RepresentationCode,
    RestrictedAccess,
)

# What stands where a text was.
NOTHING = "–"
_OWN_APPS = "veerkracht."


def pseudonymise(person: Person, *, by: Actor, reason: str) -> None:
    """Take out the name, the national number, addresses, texts, answers and documents of a person for good.

    What stays is their number and quarter of birth, and the days, steps and amounts of their requests. Only for a
    person who is locked, in a transaction.
    """
    logged = record(by, "delete", person, person_id=person.pk, detail={"pseudonymised": reason})
    users = list(User.objects.filter(person=person))
    _clear_steps(person, users, logged, reason)
    _clear_moves(person, users, logged, reason)
    _clear_assessments(person, logged, reason)
    _clear_entries(person, users, logged, reason)
    _clear_offers(person, users, logged, reason)
    _clear_sharing(person)
    _clear_accounts(person)
    destroy_notes(person, by=by)
    destroy_documents(person, by=by)
    for user in users:
        _clear_user(user)
    # Before the register is sure: a crash here loses the why of looks at a file that goes anyway; the other way
    # round it would leave texts about a person whose name nobody can look for any more.
    _clear_log(person, logged=logged, reason=reason)
    _clear_person(person)


def destroy_documents(person: Person, *, by: Actor) -> None:
    for document in Document.objects.filter(person=person).order_by("id"):
        if document.destroyed_at is None:
            documents.destroy(document, by=by)
    Document.objects.filter(person=person).exclude(remove_reason="").update(remove_reason=NOTHING)


def destroy_notes(person: Person, *, by: Actor) -> None:
    """What was said in case consultations on a person."""
    gone = ConsultationNote.objects.filter(consultation__person=person)
    if count := gone.count():
        gone.delete()
        record(by, "delete", "consultation note", person_id=person.pk, detail={"notes": count})


def _clear_log(person: Person, *, logged: LogEntry, reason: str) -> None:
    """Purpose and detail of every entry about the person, and of searches for their name."""
    about = Q(person_id=person.pk, pk__lt=logged.pk)
    for name in (person.given_name, person.family_name):
        about |= Q(verb=LogEntry.Verb.SEARCH, detail__search__icontains=name)
    entries = LogEntry.objects.filter(about).exclude(salt="").exclude(verb=LogEntry.Verb.DELETE)
    ids = list(entries.order_by("id").values_list("id", flat=True))
    if ids:
        clear_entries(ids, logged=logged, reason=reason)


def _clear_steps(person: Person, users: list[User], logged: LogEntry, reason: str) -> None:
    table = Step._meta.db_table
    steps = Step.objects.filter(request__person=person)
    ids = list(steps.order_by("id").values_list("id", flat=True))
    if not ids:
        return
    with permit("default", table, ids, logged=logged, reason=reason):
        steps.update(text="", facts=None)
        steps.filter(Q(role="person") | Q(by__in=users)).update(by_name=NOTHING)


def _clear_moves(person: Person, users: list[User], logged: LogEntry, reason: str) -> None:
    """In which municipality somebody lived when, stays: figures of a year count on it. That they said so does not."""
    own = Move.objects.filter(Q(role="person") | Q(by__in=users), person=person)
    if ids := list(own.order_by("id").values_list("id", flat=True)):
        with permit("default", Move._meta.db_table, ids, logged=logged, reason=reason):
            own.update(by_name=NOTHING)


def _clear_assessments(person: Person, logged: LogEntry, reason: str) -> None:
    """That something was measured stays, and when; what was found does not."""
    found = Assessment.objects.filter(person=person)
    ids = list(found.order_by("id").values_list("id", flat=True))
    if not ids:
        return
    with permit("default", Assessment._meta.db_table, ids, logged=logged, reason=reason):
        found.update(items={}, outcome="", author=NOTHING, by_name=NOTHING, why=NOTHING)


def _clear_entries(person: Person, users: list[User], logged: LogEntry, reason: str) -> None:
    """That somebody was on a list stays, and when; what they told the home does not."""
    Double.objects.filter(Q(first=person) | Q(second=person)).delete()
    # The bundle of both requests stays in their steps; how they named one another does not.
    Together.objects.filter(Q(request__person=person) | Q(person=person)).delete()
    Entry.objects.filter(request__person=person).update(facts={})
    steps = EntryStep.objects.filter(entry__request__person=person)
    ids = list(steps.order_by("id").values_list("id", flat=True))
    if not ids:
        return
    with permit("default", EntryStep._meta.db_table, ids, logged=logged, reason=reason):
        steps.update(facts=None)
        steps.filter(Q(role="person") | Q(by__in=users)).update(by_name=NOTHING)


def _clear_offers(person: Person, users: list[User], logged: LogEntry, reason: str) -> None:
    """That a place was offered or passed somebody by stays, and why by the region's words; what was said does not."""
    steps = OfferStep.objects.filter(offer__places__entry__request__person=person)
    if ids := sorted(set(steps.values_list("id", flat=True))):
        own = [user.pk for user in users]
        with permit("default", OfferStep._meta.db_table, ids, logged=logged, reason=reason):
            OfferStep.objects.filter(pk__in=ids).exclude(text="").update(text=NOTHING)
            mine = Q(role="person") | Q(by_id__in=own)
            OfferStep.objects.filter(mine, pk__in=ids).update(by_name=NOTHING)
    passed = PassedOver.objects.filter(entry__request__person=person)
    if ids := sorted(passed.values_list("id", flat=True)):
        with permit("default", PassedOver._meta.db_table, ids, logged=logged, reason=reason):
            passed.exclude(text="").update(text=NOTHING)


def _clear_sharing(person: Person) -> None:
    for model in (Address, RestrictedAccess, Notice, PersonalCode):
        model.objects.filter(person=person).delete()
    RepresentationCode.objects.filter(person=person).delete()
    Representation.objects.filter(person=person).delete()
    Representation.objects.filter(representative=person).update(source="")
    Consent.objects.filter(person=person).update(purpose=NOTHING, revoke_reason="", revoked_by_name="")
    ConsentVoice.objects.filter(Q(person=person) | Q(consent__person=person)).update(recorded_by_name="")
    Consultation.objects.filter(person=person).update(purpose=NOTHING)
    EmergencyAccess.objects.filter(person=person).update(reason=NOTHING, review="")
    Referral.objects.filter(person=person).update(purpose=NOTHING, reason=NOTHING)
    ImportedRow.objects.filter(request__person=person).update(person_reference=person.number)
    LegalHold.objects.filter(person=person).update(reason=NOTHING)
    Objection.objects.filter(person=person).update(text=NOTHING)
    Objection.objects.filter(person=person).exclude(answer="").update(answer=NOTHING)


def _clear_accounts(person: Person) -> None:
    """What was paid stays, on which account and in whose name does not."""
    accounts = BankAccount.objects.filter(person=person)
    accounts.update(holder=NOTHING, number_sealed="", number_key="")
    accounts.exclude(reason="").update(reason=NOTHING)


def _clear_user(user: User) -> None:
    """The account of the person stays as a number behind what they did; nobody can sign in with it any more.

    Who works here too keeps their account for that.
    """
    if user.memberships.exists():
        user.person = None
        user.save(update_fields=["person"])
        return
    user.username = f"pseudonymised-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    for model, field in _of_accounts():
        model._default_manager.filter(**{field: user}).delete()


def _of_accounts() -> list[tuple[type[models.Model], str]]:
    """What a library keeps about an account (addresses, passkeys, sign-ins elsewhere, sessions)."""
    found = []
    for relation in User._meta.related_objects:
        model = relation.related_model
        if not apps.get_app_config(model._meta.app_label).name.startswith(_OWN_APPS):
            found.append((model, relation.field.name))
    return found


def _clear_person(person: Person) -> None:
    person.given_name = NOTHING
    person.family_name = person.number
    person.search_name = person.number.lower()
    person.birth_date = _quarter(person.birth_date)
    person.national_number_sealed = ""
    person.national_number_key = None
    person.restricted = False
    person.pseudonymised_on = clock.today()
    person.save()


def _quarter(born: date) -> date:
    """The first day of the quarter in which somebody was born: figures count ages on the last day of a quarter, and
    stay what they were.
    """
    return born.replace(month=born.month - (born.month - 1) % 3, day=1)
