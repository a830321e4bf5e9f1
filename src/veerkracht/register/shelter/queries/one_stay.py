"""One stay in crisis with all that can be done about it: by name for its own desk and service; looks are logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from veerkracht import region
from veerkracht.region.ids import Named
from veerkracht.region.shelter import ConsentGround
from veerkracht.register import clock
from veerkracht.register.cases.queries.views import MeetingView, meeting_views
from veerkracht.register.crisis.identities import Identity, known
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.sharing.in_force import participation
from veerkracht.register.sharing.models import Consultation
from veerkracht.register.shelter import agreeing, norms
from veerkracht.register.shelter.access import get_stay
from veerkracht.register.shelter.models import Counselling, CrisisStay, Guest, HandOver, StayStep
from veerkracht.register.shelter.queries.clocks import ClockView, clocks_of
from veerkracht.register.supply.models import Hold
from veerkracht.rulebook.stay_terms import STAY
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Voice:
    """One of those who must agree. `agreed`: None as long as they were not asked."""

    voice: str
    agreed: bool | None


@dataclass(frozen=True)
class GuestView:
    """Somebody who stays. `name`, `birth_date`: "" and None for who is not known by name, or is kept from the reader.

    `person`: the number of their file, when there is one.
    """

    id: int
    role: str
    age: int | None
    name: str
    birth_date: date | None
    person: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Handed:
    """Longer help that was asked, for whom, and how it stands. `may_read`: the reader may open its file."""

    number: str
    programme: str
    state: str
    guest: int
    at: datetime
    may_read: bool


@dataclass(frozen=True)
class StayView:
    """`row`: to hand to an action. `extend_days`: by how many days a decision can still extend it; 0: by none.

    `longer_help`: what stays are handed over to, `programmes` those of them to which not everybody known was. `gone`:
    as in the list.
    """

    row: CrisisStay
    guests: tuple[GuestView, ...]
    clocks: tuple[ClockView, ...]
    steps: tuple[StayStep, ...]
    handed: tuple[Handed, ...]
    meetings: tuple[MeetingView, ...]
    counselling: tuple[Counselling, ...]
    may_change: bool
    may_hand_over: bool
    may_ask_counselling: bool
    may_open_call: bool
    extend_days: int
    grounds: tuple[ConsentGround, ...]
    end_reasons: tuple[Named, ...]
    longer_help: dict[str, Text]
    programmes: dict[str, Text]
    gone: bool


def stay(actor: Actor, id: int) -> StayView:
    """One stay, by name. Raises `Refused`, the same whether it exists or not."""
    row = get_stay(actor, id)
    guests = list(row.guests.select_related("person").order_by("sequence"))
    handed = _handed(actor, row)
    is_running, is_own = row.state == CrisisStay.State.RUNNING, row.desk_id == actor.organisation_id
    rules, today, longer_help = norms.shelter(), clock.today(), _longer_help()
    return StayView(
        row=row,
        guests=_guests(actor, row, guests),
        clocks=clocks_of(row),
        steps=tuple(row.steps.order_by("sequence")),
        handed=handed,
        meetings=_meetings(actor, guests),
        counselling=tuple(
            Counselling.objects.filter(search=row.search).select_related("service", "worker").order_by("pk")
        ),
        may_change=is_running and may("shelter.change", actor, actor.programme),
        may_hand_over=is_running and may("shelter.hand-over", actor, actor.programme),
        may_ask_counselling=may("counselling.ask", actor, actor.programme) and is_own,
        may_open_call=may("call.take", actor, actor.programme) and is_own,
        extend_days=_extend_days(row),
        grounds=tuple(one for one in rules.grounds if one.holds(today)),
        end_reasons=tuple(rules.end_reasons.values()),
        longer_help=longer_help,
        programmes=_programmes(longer_help, guests, handed),
        gone=is_running and not _has_place(row),
    )


def _guests(actor: Actor, row: CrisisStay, guests: list[Guest]) -> tuple[GuestView, ...]:
    names = _names(row)
    said, kept = agreeing.said_of(guests), frozenset(kept_from(actor))
    return tuple(_guest(guest, names, said, hidden=guest.person_id in kept) for guest in guests)


def _names(row: CrisisStay) -> dict[int, Identity]:
    ids = row.search.call.known.order_by("pk").values_list("pk", flat=True)
    return dict(zip(ids, known(row.search.call), strict=True))


def _guest(guest: Guest, names: dict[int, Identity], said: agreeing.Said, *, hidden: bool) -> GuestView:
    who = None if hidden or guest.known_id is None else names.get(guest.known_id)
    return GuestView(
        id=guest.pk,
        role=guest.role,
        age=guest.age,
        name=f"{who.given_name} {who.family_name}" if who else "",
        birth_date=who.birth_date if who else None,
        person=guest.person.number if guest.person and not hidden else "",
        voices=tuple(Voice(voice, said.get(guest.pk, {}).get(voice)) for voice in agreeing.needed(guest)),
    )


def _handed(actor: Actor, row: CrisisStay) -> tuple[Handed, ...]:
    kept = kept_from(actor)
    found = HandOver.objects.filter(guest__stay=row).exclude(request__person__in=kept)
    rows = found.select_related("request__person", "guest").order_by("pk")
    return tuple(
        Handed(
            number=one.request.number,
            programme=one.request.programme,
            state=one.request.state,
            guest=one.guest.sequence,
            at=one.at,
            may_read=may("request.read", actor, one.request),
        )
        for one in rows
    )


def _meetings(actor: Actor, guests: list[Guest]) -> tuple[MeetingView, ...]:
    """The consultations on these people in which the reader takes part; of others not even that they are."""
    people = [guest.person_id for guest in guests if guest.person_id]
    mine = participation(clock.today()).filter(user=actor.user_id, organisation=actor.organisation_id)
    return meeting_views(
        Consultation.objects.filter(person__in=people, pk__in=mine.values("consultation")), actor
    )


def _extend_days(row: CrisisStay) -> int:
    norm = norms.norm_of(row, STAY)
    return norm.extend_days if norm and row.due_at and row.extensions < norm.extensions else 0


def _longer_help() -> dict[str, Text]:
    """Every kind of help that stays are handed over to, as the region's file puts them one after the other."""
    rules, there = norms.shelter(), region.current().programmes
    named = [id for follow in rules.follows.values() for id in follow.programmes]
    return {id: there[id].name for id in dict.fromkeys([*named, *there]) if rules.hands_over_to(id)}


def _programmes(
    longer_help: Mapping[str, Text], guests: list[Guest], handed: tuple[Handed, ...]
) -> dict[str, Text]:
    """Those to which not everybody was handed over for whom they are."""
    done = {(one.programme, one.guest) for one in handed}
    return {
        id: name
        for id, name in longer_help.items()
        if any((id, guest.sequence) not in done for guest in norms.meant_for(guests, id))
    }


def _has_place(row: CrisisStay) -> bool:
    return Hold.objects.filter(of_search__search=row.search_id, state=Hold.State.CONFIRMED).exists()
