"""Two people ask to come to homes together: one says so, the other agrees, and then both have one bundle.

Until the other agreed, each stands alone. Nobody learns here whether the other is in the register, where they stand,
or anything else of them than that they agreed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care import bundles
from veerkracht.register.care.bundles import is_together
from veerkracht.register.care.locks import locked as locked_request
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists import access, pairs
from veerkracht.register.lists.models import TOGETHER, Together
from veerkracht.register.lists.rules import lists
from veerkracht.register.log.record import record
from veerkracht.register.people import codes
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name
from veerkracht.register.permissions import Case, require
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.representation import who_is_told
from veerkracht.rulebook.types import Text

# Kinds of notices; their words are on the pages.
ASKED, AGREED, DECLINED = "together-asked", "together-agreed", "together-declined"


@dataclass(frozen=True)
class Named:
    """Somebody as who comes along with them knows them."""

    given_name: str
    family_name: str
    birth_date: date


def ask_together(request: Request, other: Named, *, by: Actor) -> tuple[Together, str]:
    """Ask to come to homes together with another person; gives what was asked, and a code for the other to agree with.
    The code is shown once.

    Who is in the register by that very name, birth date and municipality, and not shielded, also finds the question on
    their own page. It lapses after the days of the region. Raises `Invalid` for a request that no longer runs, a name
    or a day that can't be; `Conflict` for who asks so already or comes together with somebody.
    """
    require("entry.register", by, request)
    named = _checked(other)
    secret = codes.new_secret()
    with said(), transaction.atomic():
        # Locked so that of two who ask at once the second is told.
        request = locked_request(request)
        _lapse_over(request)
        _check_alone(request)
        at = clock.now()
        made = Together.objects.create(
            request=request,
            given_name=named.given_name,
            family_name=named.family_name,
            birth_date=named.birth_date,
            person=_found(named, request),
            code_hash=codes.hashed(secret),
            asked_at=at,
            until=clock.today() + timedelta(days=lists().together_days),
        )
        record(by, "create", made, person_id=request.person_id)
        if made.person:
            users = who_is_told(made.person, clock.today())
            tell(users, ASKED, made.person, str(made.pk), until=str(made.until))
    return made, f"{made.pk}-{secret}"


def answer_together(
    asked: Together, *, by: Actor, person: Person, agree: bool, version: int | None = None
) -> Together:
    """`person`, who was asked, agrees to come together or does not: themself, who speaks for them, or an officer at a
    counter who has checked it with them.

    `asked` comes from `access.together_by_code` or `access.together_asked_of`. Raises `Invalid` for who does not ask
    for a place themself, or when it lapsed or was answered; `Conflict` for who comes together with somebody already.
    """
    require("entry.register", by, Case(person, lists().programme, person.area))
    with said(), transaction.atomic():
        own = _own_request(person, asked.request.programme) if agree else None
        asked = pairs.locked_with_requests(asked, *([own.pk] if own else []), version=version)
        _check_open(asked, person)
        if agree:
            _agree(asked, person, own)
        else:
            pairs.end(asked, Together.State.DECLINED)
        asked.answered_at = clock.now()
        pairs.keep(asked)
        record(by, "change", asked, person_id=person.pk, detail={"agreed": agree})
        if agree:
            pairs.join(asked, by)
        _tell(asked.request.person, AGREED if agree else DECLINED, asked)
    return asked


def confirm_together(first: Request, second: Request, *, by: Actor) -> Together:
    """An officer has checked at a counter, with both, that they come together: it holds at once.

    Raises `Refused` for who may not register both, `Invalid` for one request twice or one that no longer runs, and
    `Conflict` for who comes together with somebody else.
    """
    for request in (first, second):
        require("entry.register", by, request)
    _require_staff(by, first)
    if first.person_id == second.person_id or first.programme != second.programme:
        raise Invalid(
            Text(nl="Kies de vraag van iemand anders.", en="Choose the request of somebody else."), "number"
        )
    with said(), transaction.atomic():
        first, second = bundles.lock([first.pk, second.pk])
        for request in (first, second):
            _withdraw_open(request)
            _check_alone(request)
        person = second.person
        at = clock.now()
        made = Together.objects.create(
            request=first,
            other=second,
            person=person,
            given_name=person.given_name,
            family_name=person.family_name,
            birth_date=person.birth_date,
            code_hash="",
            state=Together.State.AGREED,
            asked_at=at,
            answered_at=at,
            until=clock.today(),
        )
        for request in (first, second):
            record(by, "create", made, person_id=request.person_id)
        pairs.join(made, by)
    return made


def stop_together(together: Together, request: Request, *, by: Actor, version: int | None = None) -> Together:
    """Take the question back, or no longer come together: each stands alone again. `request`: of one of both.

    Raises `Invalid` when it is over, or while a place is offered to both: that is answered first.
    """
    require("entry.register", by, request)
    with said(), transaction.atomic():
        together = pairs.locked_with_requests(together, version=version)
        if request.pk not in (together.request_id, together.other_id) or together.state not in TOGETHER:
            raise Invalid(_OVER)
        was = together.state
        pairs.end(together, Together.State.WITHDRAWN if was == "asked" else Together.State.PARTED)
        pairs.keep(together)
        record(by, "change", together, person_id=request.person_id, detail={"together": together.state})
        if was == Together.State.JOINED:
            pairs.part(together, request, by)
    return together


_OVER = Text(nl="Deze vraag om samen te komen loopt niet meer.", en="This is no longer asked.")


def _checked(other: Named) -> Named:
    given, family = (" ".join(name.split())[:100] for name in (other.given_name, other.family_name))
    for name, value in (("given_name", given), ("family_name", family)):
        if not value:
            raise Invalid(Text(nl="Vul deze naam in.", en="Fill in this name."), name)
    if other.birth_date > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "birth_date")
    return Named(given, family, other.birth_date)


def _require_staff(by: Actor, request: Request) -> None:
    """Who speaks for both says so by the code of one and the answer of the other, as anybody does."""
    if by.role == PERSON:
        record(by, "refused", "together", person_id=request.person_id)
        raise Refused()


def _check_alone(request: Request) -> None:
    if not request.live:
        raise Invalid(
            Text(
                nl=f"Vraag {request.number} loopt niet meer.", en=f"Request {request.number} no longer runs."
            ),
            "request",
        )
    if is_together(request) or pairs.of(request) is not None:
        raise Conflict(
            Text(
                nl="Wie deze vraag stelt, komt al samen met iemand of heeft dat gevraagd. Stop daar eerst mee.",
                en="Who asks comes together with somebody already, or asked to. Stop that first.",
            )
        )


def _check_open(asked: Together, person: Person) -> None:
    if asked.state != Together.State.ASKED or asked.until < clock.today():
        raise Invalid(_OVER)
    if asked.request.person_id == person.pk or not access.is_asked(asked, person):
        raise Invalid(_OVER)


def _found(named: Named, request: Request) -> Person | None:
    """The only one in the register by that very name, birth date and municipality; nobody who is shielded or died."""
    name = search_name(named.given_name, named.family_name)
    same = Person.objects.filter(
        search_name=name,
        birth_date=named.birth_date,
        area=request.person.area,
        restricted=False,
        died_on=None,
    )
    found = list(same.exclude(pk=request.person_id)[:2])
    return found[0] if len(found) == 1 else None


def _own_request(person: Person, programme: str) -> Request | None:
    """With which somebody asks for a place themself, if they do."""
    return Request.objects.filter(person=person, programme=programme, live=True).order_by("pk").first()


def _agree(asked: Together, person: Person, own: Request | None) -> None:
    if own is None:
        raise Invalid(
            Text(
                nl="Vraag eerst zelf een plaats in een woonzorgcentrum; daarna kunt u hier instemmen.",
                en="Ask for a place in a home yourself first; then you can agree here.",
            )
        )
    if not asked.request.live:
        raise Invalid(_OVER)
    own.refresh_from_db()
    _withdraw_open(own)
    _check_alone(own)
    asked.person, asked.other, asked.state = person, own, Together.State.AGREED


def _withdraw_open(request: Request) -> None:
    """What was asked and not answered gives way to what both say now."""
    for one in Together.objects.select_for_update().filter(request=request, state="asked"):
        pairs.end(one, Together.State.WITHDRAWN)
        pairs.keep(one)


def _lapse_over(request: Request) -> None:
    """What nobody answered in time is in nobody's way, also before the night's work wrote it down."""
    over = Together.objects.select_for_update().filter(
        request=request, state="asked", until__lt=clock.today()
    )
    for one in over:
        pairs.lapse(one)


def _tell(person: Person, kind: str, asked: Together) -> None:
    tell(who_is_told(person, clock.today()), kind, person, str(asked.pk))
