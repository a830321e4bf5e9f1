"""A request comes on the lists of homes, changes there, stands aside for a while, and leaves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.locks import locked as locked_request
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access, checks, rules
from veerkracht.register.lists.asking import next_asking
from veerkracht.register.lists.checks import Asked
from veerkracht.register.lists.models import STANDING, Entry, EntryStep
from veerkracht.register.lists.writing import (
    last_day,
    lock_entries,
    locked_standing,
    take_off,
    write_step,
)
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text


def register(
    request: Request,
    services: Sequence[Service],
    *,
    by: Actor,
    on: date | None = None,
    asked: Asked | None = None,
) -> list[Entry]:
    """Put a request on the lists of homes, the most wanted first; all of them or none.

    They come after the homes that the request is on already. Who lives in a home, and asks anew to move to another on
    whose list they stand aside, keeps the date that they had there.
    Raises `Invalid` for a request that no longer runs, a home of another programme, a home twice or too many, and an
    answer that nobody asked for; `Conflict` for a home whose list it is on already.
    """
    access.require_register(by, request, services)
    asked, on = asked or Asked(), on or clock.today()
    with said(), transaction.atomic():
        # Locked so that two who register the same request number its homes one after another.
        request = locked_request(request)
        standing = list(request.entries.filter(state__in=STANDING).values_list("service_id", "preference"))
        checks.check_request(request, services, len(standing))
        checks.check_asked(asked)
        checks.check_day(on, by)
        first = max((preference for _, preference in standing), default=0) + 1
        earlier = _carried_over(request, services, by, on)
        entries = [
            _registered(
                request, service, asked, by=by, on=on, since=earlier.get(service.pk), preference=place
            )
            for place, service in enumerate(services, first)
        ]
        for entry in entries:
            record(by, "create", entry, person_id=request.person_id, detail={"service": entry.service_id})
    return entries


def change_entry(
    entry: Entry, *, by: Actor, on: date | None = None, version: int | None = None, **sets: Any
) -> Entry:
    """Change what an entry says: `preference`, `when_ready`, `wished_from`, `from_place`, `ward`, `facts`.

    `facts` adds to the answers that are there; None takes one away. Raises `Invalid` for an entry that is off its list
    or for what can't be, `Conflict` when somebody changed it since `version`.
    """
    access.require_change(by, entry)
    on = on or clock.today()
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        write_step(entry, EntryStep.Kind.CHANGED, by=by, on=on, **_changes(entry, sets, by, on))
        record(by, "change", entry, person_id=entry.request.person_id, detail={"changed": sorted(sets)})
    return entry


def check(entry: Entry, *, by: Actor, on: date | None = None, version: int | None = None) -> Entry:
    """The home looked at what the person, or who speaks for them, told: it is right, or the home put it right.

    Raises `Refused` for anybody but the home, `Invalid` for an entry of which nothing is to check.
    """
    access.require_home(by, entry)
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        if not entry.to_check:
            raise Invalid(
                Text(nl="Hier is niets meer na te kijken.", en="There is nothing left to check here.")
            )
        write_step(entry, EntryStep.Kind.CHECKED, by=by, on=on or clock.today(), to_check=False)
        record(by, "change", entry, person_id=entry.request.person_id, detail={"step": "checked"})
    return entry


def park(
    entry: Entry,
    *,
    by: Actor,
    reason: str,
    until: date | None = None,
    on: date | None = None,
    version: int | None = None,
) -> Entry:
    """Let an entry stand aside: it gets no offers until a day, or until somebody restores it. Its date stays.

    Raises `Refused`, `Invalid` for a reason that the region does not know or a day that is not later, and `Conflict`
    when somebody changed it before us.
    """
    access.require_change(by, entry)
    rules.check_choice(reason, rules.lists().park_reasons, "reason")
    on = on or clock.today()
    if until is not None and until <= on:
        raise Invalid(Text(nl="Neem een latere dag.", en="Take a later day."), "until")
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        sets = {"state": Entry.State.PARKED, "parked_until": until, "ask_again_on": None, "answer_by": None}
        write_step(entry, EntryStep.Kind.PARKED, by=by, on=on, reason=reason, **sets)
        record(by, "change", entry, person_id=entry.request.person_id, detail={"step": "parked"})
    return entry


def restore(entry: Entry, *, by: Actor, on: date | None = None, version: int | None = None) -> Entry:
    """Let a parked entry take part again, with the date that it had. Raises `Invalid` for one that isn't parked."""
    access.require_change(by, entry)
    on = on or clock.today()
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        if entry.state != Entry.State.PARKED:
            raise Invalid(Text(nl="Deze inschrijving is niet geparkeerd.", en="This entry is not parked."))
        sets = {"state": Entry.State.WAITING, "parked_until": None, "ask_again_on": None}
        sets["ask_again_on"] = next_asking(entry.when_ready, sets["state"], on)
        write_step(entry, EntryStep.Kind.RESTORED, by=by, on=on, **sets)
        record(by, "change", entry, person_id=entry.request.person_id, detail={"step": "restored"})
    return entry


def leave(
    entry: Entry, *, by: Actor, reason: str, on: date | None = None, version: int | None = None
) -> Entry:
    """Take an entry off its list for good, for a reason that who asked can give.

    Raises `Invalid` for one that is off already, and for any other reason.
    """
    access.require_change(by, entry)
    rules.check_choice(reason, rules.lists().leave_choices, "reason")
    on = on or clock.today()
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        take_off(entry, by=by, on=on, reason=reason)
        record(by, "change", entry, person_id=entry.request.person_id, detail={"step": "left"})
    return entry


def _carried_over(
    request: Request, services: Sequence[Service], by: Actor, on: date
) -> dict[int, tuple[date, date]]:
    """By service, the date of registration and the one that counts of an entry that stands aside since its request was
    served; that entry leaves.
    """
    aside = Entry.objects.filter(
        request__person=request.person_id, request__live=False, service__in=services, state=Entry.State.PARKED
    )
    dates = {}
    for entry in lock_entries(aside):
        dates[entry.service_id] = (entry.registered_on, entry.list_date)
        take_off(entry, by=by, on=max(on, last_day(entry)), reason=rules.lists().reasons["carried_over"])
        record(by, "change", entry, person_id=request.person_id, detail={"step": "left"})
    return dates


def _registered(
    request: Request,
    service: Service,
    asked: Asked,
    *,
    by: Actor,
    on: date,
    preference: int,
    since: tuple[date, date] | None,
) -> Entry:
    registered_on, list_date = since or (on, on)
    rules.check_ward(service, asked.ward, on)
    entry = Entry(request=request, service=service)
    facts = {**asked.facts, **asked.facts_at.get(service.pk, {})}
    write_step(
        entry,
        EntryStep.Kind.REGISTERED,
        by=by,
        on=on,
        preference=preference,
        registered_on=registered_on,
        list_date=list_date,
        when_ready=asked.when_ready,
        wished_from=asked.wished_from,
        from_place=asked.from_place,
        ward=asked.ward,
        facts=rules.checked_facts(facts, staff=access.is_home_of(by, entry)),
        to_check=by.role == PERSON,
        state=Entry.State.WAITING,
        ask_again_on=next_asking(asked.when_ready, Entry.State.WAITING, on),
    )
    return entry


def _changes(entry: Entry, sets: Mapping[str, Any], by: Actor, on: date) -> dict[str, Any]:
    """What a change sets, checked; with the day of asking again, which follows from whether it is for now or later."""
    unknown = set(sets) - {"preference", "when_ready", "wished_from", "from_place", "ward", "facts"}
    if unknown:
        raise TypeError(f"an entry has no {', '.join(sorted(unknown))} that can be changed")
    changes = dict(sets)
    if "facts" in sets:
        said_now = rules.checked_facts(sets["facts"], staff=access.is_home_of(by, entry))
        facts = {**entry.facts, **said_now}
        changes["facts"] = {name: value for name, value in facts.items() if value is not None}
    if sets.get("from_place"):
        rules.check_choice(sets["from_place"], rules.lists().from_places, "from_place")
    rules.check_ward(entry.service, sets.get("ward", ""), on)
    if "when_ready" in sets:
        checks.check_ready(sets["when_ready"])
        if sets["when_ready"] != entry.when_ready:
            changes |= {"ask_again_on": next_asking(sets["when_ready"], entry.state, on), "answer_by": None}
    if access.is_home_of(by, entry):
        changes["to_check"] = False
    elif by.role == PERSON and _tells_more(entry, changes):
        changes["to_check"] = True
    return changes


def _tells_more(entry: Entry, changes: Mapping[str, Any]) -> bool:
    """Whether a change says something new of the person themself, on which the order at a home may hang."""
    return any(name in changes and changes[name] != getattr(entry, name) for name in ("facts", "from_place"))
