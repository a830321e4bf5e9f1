"""Whom somebody chooses to speak for them, or only to look: a code that they hand over, that opens once, and that they
can take back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.cases import rules, voices
from veerkracht.register.cases.protection.representation import WITHHOLDABLE
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import codes
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import may, require
from veerkracht.register.sharing.models import Representation, RepresentationCode
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.representation import BY_CODE, CHOSEN, birthday_of_age, held, who_is_told
from veerkracht.rulebook.types import Text

_VERB = "representation.give"
# The kinds of notices; their words are on the pages.
USED, LOOKS = "representation-code-used", "viewer-code-used"
# More than these lie about unused at nobody's who knows to whom they gave them.
MOST_OPEN = 5


@dataclass(frozen=True)
class CodeView:
    """A code that was given. `state`: "open", "used", "withdrawn" or "expired"."""

    id: int
    given_to: str
    only_looks: bool
    withheld: tuple[str, ...]
    until: date | None
    created_at: datetime
    expires_at: datetime
    state: str


@dataclass(frozen=True)
class ChosenView:
    """Who speaks for somebody, or only looks, because they chose them. `withheld`: groups of fields that they don't
    see.
    """

    id: int
    name: str
    only_looks: bool
    since: date
    until: date | None
    withheld: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """To whom a code is given, in the person's words; whether they only look, or speak for the person; what they will
    not see, and their last day (None: until the person takes it back).
    """

    given_to: str
    only_looks: bool = False
    withheld: Iterable[str] = ()
    until_date: date | None = None


def may_choose(actor: Actor) -> bool:
    """Whether somebody chooses who speaks for them: who is here for themself and decides alone."""
    return actor.person is not None and may(_VERB, actor, actor.person) and _decides_alone(actor.person)


def give_representation_code(terms: Terms, *, by: Actor) -> str:
    """A code for whom the person chose; it is shown once, opens once, and for the days of the region.

    Raises `Refused` for who is not here for themself, and `Invalid` for who doesn't decide alone, without to whom it
    is given, for a part of the file that can't be kept apart, a day that has passed, or with too many codes out.
    """
    person = _self(by)
    given_to, withheld = " ".join(terms.given_to.split()), set(terms.withheld)
    if not given_to or len(given_to) > _longest():
        raise Invalid(
            Text(nl="Zeg kort aan wie u de code geeft.", en="Say in short to whom you give it."), "given_to"
        )
    if withheld - set(WITHHOLDABLE):
        raise Invalid(Text(nl="Dit deel bestaat niet.", en="There is no such part."), "withheld")
    if terms.until_date is not None and terms.until_date < clock.today():
        raise Invalid(Text(nl="Deze dag is al voorbij.", en="This day has passed already."), "until_date")
    secret, at = codes.new_secret(), clock.now()
    with said(), transaction.atomic():
        # Locked so that of two that are made at once both count.
        Person.objects.select_for_update().get(pk=person.pk)
        _check_may(person)
        made = RepresentationCode.objects.create(
            person=person,
            given_to=given_to,
            only_looks=terms.only_looks,
            withheld=[name for name in WITHHOLDABLE if name in withheld],
            until_date=terms.until_date,
            hash=codes.hashed(secret),
            created_at=at,
            expires_at=at + timedelta(days=rules.number("representation-code-days")),
        )
        record(by, "create", made, person_id=person.pk)
    return f"{made.pk}-{secret}"


def use_representation_code(code: str, *, by: Actor) -> Representation:
    """Speak for whoever gave this code, or only look, as they chose, from now on; the code opens nothing any more, and
    they are told. Who only looked so far and may speak now no longer only looks.

    Raises `Refused`, the same whether the code is wrong, was used, taken back or expired, for who gave it, and for who
    is not here for themself; `Invalid` for who doesn't decide alone, and `Conflict` for who may do so already.
    """
    _self(by)
    found = _opened(code, by)
    if by.person.birth_date > birthday_of_age(clock.today(), "consent-alone-age"):
        raise Invalid(
            Text(
                nl="Wie zelf nog niet alleen beslist, kan geen code van iemand anders gebruiken.",
                en="Who does not decide alone yet can't use a code of somebody else.",
            ),
            "code",
        )
    with said(), transaction.atomic():
        # Locked, so that of two who use it at once the second is refused.
        found = _open_codes().select_for_update(of=("self",)).filter(pk=found.pk).first()
        if found is None:
            raise _refused(by, code)
        _make_room(found, by)
        made = Representation.objects.create(
            person=found.person,
            representative=by.person,
            kind=Representation.Kind.VIEWER if found.only_looks else Representation.Kind.CHOSEN,
            source=BY_CODE,
            withheld=found.withheld,
            from_date=clock.today(),
            until_date=found.until_date,
            recorded_by_name=found.person.number,
        )
        found.used_at, found.representation = clock.now(), made
        found.save(update_fields=["used_at", "representation"])
        detail = {"representative": by.person.number, "kind": made.kind}
        record(by, "create", "representation", person_id=found.person_id, detail=detail)
        told = [user for user in who_is_told(found.person, clock.today()) if user.pk != by.user_id]
        tell(told, LOOKS if found.only_looks else USED, found.person, str(made.pk))
    return made


def withdraw_representation_code(id: int, *, by: Actor) -> None:
    """Take back a code that nobody used yet. Raises `Refused` for a code of somebody else, `Invalid` for one that was
    used or taken back.
    """
    person = _self(by)
    with said(), transaction.atomic():
        # Locked, so that it isn't used meanwhile.
        found = RepresentationCode.objects.select_for_update().filter(pk=id, person=person).first()
        if found is None:
            record(by, "refused", "representationcode", detail={"asked": str(id)})
            raise Refused()
        if found.used_at or found.withdrawn_at:
            raise Invalid(
                Text(
                    nl="Deze code is al gebruikt of ingetrokken.",
                    en="This code was used or taken back already.",
                )
            )
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        record(by, "change", found, person_id=person.pk, detail={"withdrawn": True})


def end_chosen(id: int, *, by: Actor) -> None:
    """Somebody whom the person chose speaks for them, or looks, no longer, from this moment. Raises `Refused` for
    anybody else.
    """
    person = _self(by)
    with said(), transaction.atomic():
        # Locked, so that of two clicks the second is told.
        found = _chosen(person).select_for_update(of=("self",)).filter(pk=id).first()
        if found is None:
            record(by, "refused", "representation", detail={"asked": str(id)})
            raise Refused()
        _end(found, by)


def renew_own_code(*, by: Actor) -> str:
    """A new code with which the person signs in, shown once; the earlier ones end. Raises `Refused` for others."""
    return codes.issue(_self(by), by=by)


def codes_given(actor: Actor) -> tuple[CodeView, ...]:
    """Those of the person themself, the last first. Raises `Refused` for anybody else."""
    person = _self(actor)
    record(actor, "read", "representationcode", person_id=person.pk)
    found = RepresentationCode.objects.filter(person=person).order_by("-pk")[:50]
    return tuple(
        CodeView(
            one.pk,
            one.given_to,
            one.only_looks,
            tuple(one.withheld),
            one.until_date,
            one.created_at,
            one.expires_at,
            _state(one),
        )
        for one in found
    )


def chosen_by(actor: Actor) -> tuple[ChosenView, ...]:
    """Who speaks for the person themself today, or looks, because they chose them. Raises `Refused` for others."""
    found = _chosen(_self(actor)).order_by("pk")
    return tuple(
        ChosenView(
            one.pk,
            str(one.representative),
            one.kind == Representation.Kind.VIEWER,
            one.from_date,
            one.until_date,
            tuple(one.withheld),
        )
        for one in found
    )


def _make_room(code: RepresentationCode, by: Actor) -> None:
    """End that somebody only looks when they may speak from now on. Raises `Conflict` for who may do so already."""
    is_there = held(clock.today()).filter(person=code.person_id, representative=by.person)
    # Locked, so that the person doesn't end it meanwhile.
    found = is_there.select_for_update(of=("self",)).select_related("representative").first()
    if found is None:
        return
    if found.kind != Representation.Kind.VIEWER:
        raise Conflict(Text(nl="U spreekt al voor deze persoon.", en="You speak for this person already."))
    if code.only_looks:
        raise Conflict(
            Text(nl="U kijkt al mee bij deze persoon.", en="You look at this person's file already.")
        )
    _end(found, by)


def _end(found: Representation, by: Actor) -> None:
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    detail = {"representative": found.representative.number, "kind": found.kind, "ended": True}
    record(by, "change", "representation", person_id=found.person_id, detail=detail)


def _self(by: Actor) -> Person:
    if by.role != PERSON or by.person is None:
        record(by, "refused", _VERB)
        raise Refused()
    require(_VERB, by, by.person)
    return by.person


def _chosen(person: Person) -> QuerySet[Representation]:
    found = held(clock.today()).filter(person=person, kind__in=CHOSEN)
    return found.select_related("representative")


def _decides_alone(person: Person) -> bool:
    try:
        needed = voices.needed(person, clock.today())
    except Invalid:
        return False
    return needed.own and not needed.representatives


def _check_may(person: Person) -> None:
    if not _decides_alone(person):
        raise Invalid(
            Text(
                nl="Wie voor u spreekt, is vastgelegd door de wet of een rechter: daar kiest u zelf niemand bij.",
                en="Who speaks for you is laid down by law or by a judge: you can't choose another yourself.",
            )
        )
    if _open_codes().filter(person=person).count() >= MOST_OPEN:
        raise Invalid(
            Text(
                nl=f"Er zijn al {MOST_OPEN} codes uit: trek er eerst een in.",
                en=f"{MOST_OPEN} codes are out already: take one back first.",
            )
        )


def _open_codes() -> QuerySet[RepresentationCode]:
    return RepresentationCode.objects.select_related("person").filter(
        used_at=None, withdrawn_at=None, expires_at__gt=clock.now(), person__died_on=None
    )


def _opened(code: str, by: Actor) -> RepresentationCode:
    """The code, when it opens for somebody else than who gave it."""
    number, _, secret = code.strip().partition("-")
    others = _open_codes().exclude(person=by.person)
    found = others.filter(pk=int(number[:18]) if number.isdecimal() else 0).first()
    # A secret is weighed in any case: the time taken tells nothing.
    if not codes.opens(secret, found.hash if found else "") or found is None:
        raise _refused(by, code)
    return found


def _refused(by: Actor, code: str) -> Refused:
    record(by, "refused", "representationcode", detail={"asked": codes.number_in(code)[:18]})
    return Refused(codes.UNKNOWN)


def _state(code: RepresentationCode) -> str:
    if code.used_at:
        return "used"
    if code.withdrawn_at:
        return "withdrawn"
    return "open" if code.expires_at > clock.now() else "expired"


def _longest() -> int:
    return RepresentationCode._meta.get_field("given_to").max_length or 0
