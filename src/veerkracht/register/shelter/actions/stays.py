"""A stay in crisis: opened when its place is confirmed, extended by a decision, and ended for a reason."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis.identities import known
from veerkracht.register.crisis.models import Call, KnownPerson, Search, SearchStep
from veerkracht.register.crisis.rules import kind_of
from veerkracht.register.crisis.steps import write_step
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.access import require_of
from veerkracht.register.shelter.actions.counselling import asked
from veerkracht.register.shelter.models import CrisisStay, Guest, StayStep
from veerkracht.register.shelter.writing import agree_anew, check_running, moment_since, step, why_of
from veerkracht.register.supply.models import Hold, Service
from veerkracht.register.supply.writing import give_back
from veerkracht.rulebook.now import CASE
from veerkracht.rulebook.stay_terms import STAY, days_later
from veerkracht.rulebook.types import Text


def opened(search: Search, service: Service, by: Actor) -> None:
    """A place was confirmed for a search: the stay begins now, in that transaction, and its clocks with it.

    Told by the desk (`crisis.placed`), which has asked whether this may. A team that comes to the family at home is no
    stay: it is asked for its counselling, when the region has that form of it.
    """
    if kind_of(search.kind).fills == CASE:
        module = norms.module_or_none(search.kind)
        if module is not None:
            asked(search, service, module, by)
        return
    at = clock.now()
    stay = CrisisStay(
        search=search,
        service=service,
        desk_id=search.call.organisation_id,
        kind=search.kind,
        from_at=at,
        updated_at=at,
        fictitious=search.call.fictitious,
    )
    norm = norms.norm_of(stay, STAY)
    if norm is not None:
        stay.norm, stay.due_at = norm.id, norm.ends(at, norms.zone())
    stay.save()
    Guest.objects.bulk_create(guests_of(stay, search))
    agree_anew(stay)
    step(stay, StayStep.Kind.OPENED, by=by, at=at)


def named(call: Call) -> None:
    """A call got names: of its stays that run, who stays gets them too, each adult, and each child of the age it has.

    Told by the desk (`crisis.placed`), which has asked whether this may. A child of whom another age was said, and who
    was not among them, stays without a name.
    """
    rows = list(zip(call.known.order_by("pk"), known(call), strict=True))
    # Locked, so that nobody hands over or asks consent while names are given.
    running = CrisisStay.objects.select_for_update().filter(search__call=call, state=CrisisStay.State.RUNNING)
    for stay in running:
        nameless = list(stay.guests.filter(known=None).order_by("sequence"))
        came = stay.from_at.astimezone(norms.zone()).date()
        for row, one in rows:
            age = _age(one.birth_date, came)
            fitting = (Guest.Role.ADULT, None) if row.role == Guest.Role.ADULT else (Guest.Role.CHILD, age)
            guest = next((guest for guest in nameless if (guest.role, guest.age) == fitting), None)
            if guest is not None:
                nameless.remove(guest)
                guest.known, guest.age = row, age
                guest.save(update_fields=["known", "age"])


def extend(stay: CrisisStay, *, by: Actor, days: int, why: str, version: int | None = None) -> CrisisStay:
    """Decide that a stay lasts longer, by so many days; who decides and why stands beside it.

    Raises `Conflict` when somebody was before us or the stay has ended, and `Invalid` when no norm ends it, for more
    days or more often than the norm gives, and without a reason.
    """
    require_of("shelter.change", by, stay)
    why = why_of(why, stay.search.call)
    with said(), transaction.atomic():
        # Locked, so that of two who extend one goes first and the other sees that.
        stay = locked(stay, version)
        check_running(stay)
        if stay.due_at is None:
            raise Invalid(
                Text(
                    nl="Voor dit verblijf is geen norm bekend: er is niets te verlengen.",
                    en="No norm is known for this stay: there is nothing to extend.",
                ),
                "days",
            )
        _check_extension(stay, days)
        stay.due_at = days_later(stay.due_at, days, norms.zone())
        stay.extensions += 1
        step(stay, StayStep.Kind.EXTENDED, by=by, at=clock.now(), why=why)
    return stay


def end_stay(
    stay: CrisisStay, *, by: Actor, reason: str, at: datetime | None = None, version: int | None = None
) -> CrisisStay:
    """The family leaves: the stay ends at a moment (now) for a reason, and its places are free for others.

    Raises `Conflict` when somebody was before us, and `Invalid` for a reason that the region does not know or a moment
    before the stay began.
    """
    require_of("shelter.change", by, stay)
    norms.end_reason(reason)
    with said(), transaction.atomic():
        stay = locked(stay, version)
        check_running(stay)
        stay.ended_at = moment_since(stay.from_at, at)
        stay.state, stay.end_reason = CrisisStay.State.ENDED, reason
        step(stay, StayStep.Kind.ENDED, by=by, at=stay.ended_at, reason=reason)
        _give_places_back(stay, by)
    return stay


def _give_places_back(stay: CrisisStay, by: Actor) -> None:
    """Their places are free for others from the day on which they left, unless the service gave them back before."""
    search = locked(stay.search)
    on = stay.ended_at.astimezone(norms.zone()).date() if stay.ended_at else clock.today()
    held = Hold.objects.select_for_update(of=("self",)).filter(
        of_search__search=search, state=Hold.State.CONFIRMED
    )
    for hold in held.order_by("pk"):
        give_back(hold, by, on)
    if search.state == Search.State.PLACED:
        write_step(search, SearchStep.Kind.ENDED, by)


def _check_extension(stay: CrisisStay, days: int) -> None:
    norm = norms.norm_of(stay, STAY)
    most_days, most_times = (norm.extend_days, norm.extensions) if norm else (0, 0)
    if stay.extensions >= most_times:
        raise Conflict(
            Text(
                nl=f"Dit verblijf is {stay.extensions} keer verlengd; hoogstens: {most_times}.",
                en=f"This stay was extended {stay.extensions} times; at most: {most_times}.",
            )
        )
    if not 1 <= days <= most_days:
        raise Invalid(
            Text(
                nl=f"Een beslissing verlengt met 1 tot {most_days} dagen; gevraagd: {days}.",
                en=f"A decision extends by 1 to {most_days} days; asked: {days}.",
            ),
            "days",
        )


def guests_of(stay: CrisisStay, search: Search) -> list[Guest]:
    """Everybody whom a search was for, not yet written: who is known by name first, the others by their ages alone."""
    rows = list(search.call.known.order_by("pk"))
    born = [one.birth_date for one in known(search.call)]
    named = [
        Guest(stay=stay, role=row.role, age=_age(day, clock.today()), known=row)
        for row, day in zip(rows, born, strict=True)
    ]
    adults = search.adults - sum(one.role == KnownPerson.Role.ADULT for one in named)
    left = Counter(search.children)
    left.subtract(one.age for one in named if one.role == KnownPerson.Role.CHILD)
    unnamed = [Guest(stay=stay, role=Guest.Role.ADULT) for _ in range(max(adults, 0))]
    unnamed += [
        Guest(stay=stay, role=Guest.Role.CHILD, age=age)
        for age in sorted(left)
        for _ in range(max(left[age], 0))
    ]
    everybody = [*named, *unnamed]
    for place, guest in enumerate(everybody, 1):
        guest.sequence = place
    return everybody


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
