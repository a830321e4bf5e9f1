"""Who speaks for a person: recorded with its source, ended, and what a young person keeps from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.making import make_person
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.representation import (
    CHOSEN,
    OF_A_CHILD,
    birthday_of_age,
    decides_along,
    in_force,
)
from veerkracht.rulebook.types import Text

_VERB = "representation.record"
# What a young person may keep from who speaks for them; who they are and what was asked for them is known anyhow.
WITHHOLDABLE = ("contact", "history", "assessment", "money", "turn", "sharing", "documents", "looks")


@dataclass(frozen=True)
class Newcomer:
    """Somebody who speaks for another and isn't in the register yet."""

    given_name: str
    family_name: str
    birth_date: date


def find_representative(case: Case, number: str, birth_date: date, *, by: Actor) -> Person:
    """Somebody in the register, by two things that only who knows them knows; each try is in the log.

    Raises `Refused` for who may not say who speaks for the person of the case; `Invalid`, the same whether there is
    nobody, the birth date is another, or they are restricted.
    """
    require(_VERB, by, case)
    record(by, "search", "person", detail={"by": "number and birth date", "asked": number[:12]})
    found = Person.objects.filter(
        number=number.strip().upper(), birth_date=birth_date, restricted=False, died_on=None
    ).first()
    if found is None:
        raise Invalid(
            Text(
                nl="Er is niemand met dit nummer en deze geboortedatum.",
                en="There is nobody with this number and this birth date.",
            ),
            "number",
        )
    return found


def record_representation(
    case: Case,
    *,
    by: Actor,
    representative: Person | Newcomer,
    kind: str,
    source: str,
    from_date: date,
    until_date: date | None = None,
) -> Representation:
    """`representative` speaks for the person of a case, from a day up to and including another (None: no end).

    `kind`: a `Representation.Kind`. `source`: what gives them that authority (birth certificate, judgment …).
    Raises `Invalid` for a kind that isn't known, no source, a representative under age, a parent or guardian of
    somebody of age, or dates that don't fit.
    """
    require(_VERB, by, case)
    source = " ".join(source.split())
    if not source:
        raise Invalid(
            Text(
                nl="Zeg waarop het gezag berust: een geboorteakte, een vonnis met datum …",
                en="Say what the authority rests on: a birth certificate, a judgment with its date …",
            ),
            "source",
        )
    _check(case.person, representative, kind, from_date, until_date)
    with said(), transaction.atomic():
        someone = representative if isinstance(representative, Person) else _made(representative, case, by)
        made = Representation.objects.create(
            person=case.person,
            representative=someone,
            kind=kind,
            source=source[:200],
            from_date=from_date,
            until_date=until_date,
            recorded_by_name=by.name,
        )
        _log(by, "create", made)
    return made


def end_representation(representation: Representation, *, by: Actor, on: date) -> Representation:
    """The last day on which somebody speaks for a person. Raises `Invalid` when it has ended, or before it began."""
    require(_VERB, by, representation)
    with said(), transaction.atomic():
        # Locked, so that of two who end it at once one is told.
        found = Representation.objects.select_for_update().get(pk=representation.pk)
        if found.until_date is not None and found.until_date <= on:
            raise Invalid(Text(nl="Dit is al beëindigd.", en="This has ended already."), "on")
        found.until_date = on
        found.save(update_fields=["until_date"])
        _log(by, "change", found)
    return found


def withhold(representation_id: int, *, by: Actor, fields: Iterable[str]) -> Representation:
    """A young person says which parts of their file a representative of theirs does not see, instead of what
    they said before; it holds at once.

    Raises `Refused` for anybody but that young person; `Invalid` for a part that can't be kept apart.
    """
    asked = set(fields)
    own = in_force(clock.today()).filter(pk=representation_id, person=by.person) if by.person else None
    if own is None or not decides_along(by.person.birth_date, clock.today()):
        record(by, "refused", "representation", detail={"asked": str(representation_id)})
        raise Refused()
    if asked - set(WITHHOLDABLE):
        raise Invalid(Text(nl="Dit deel bestaat niet.", en="There is no such part."), "fields")
    with said(), transaction.atomic():
        # Locked, so that it doesn't end while it is changed.
        found = own.select_for_update().first()
        if found is None:
            record(by, "refused", "representation", detail={"asked": str(representation_id)})
            raise Refused()
        found.withheld = [name for name in WITHHOLDABLE if name in asked]
        found.save(update_fields=["withheld"])
        _log(by, "change", found)
    return found


def _check(
    person: Person,
    representative: Person | Newcomer,
    kind: str,
    from_date: date,
    until_date: date | None,
) -> None:
    today = clock.today()
    if kind not in Representation.Kind.values:
        raise Invalid(Text(nl="Deze soort bestaat niet.", en="There is no such kind."), "kind")
    if from_date > today:
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "from_date")
    if until_date is not None and until_date < from_date:
        raise Invalid(Text(nl="Dit eindigt voor het begint.", en="This ends before it starts."), "until_date")
    of_age = birthday_of_age(today, "consent-alone-age")
    if kind in OF_A_CHILD and person.birth_date <= of_age:
        raise Invalid(
            Text(
                nl="Deze persoon is oud genoeg om alleen te beslissen: alleen een bewindvoerder spreekt nog mee.",
                en="This person is old enough to decide alone: only an administrator still speaks for them.",
            ),
            "kind",
        )
    if kind in CHOSEN and person.birth_date > of_age:
        raise Invalid(
            Text(
                nl="Wie nog niet alleen beslist, kiest niet zelf wie voor hen spreekt.",
                en="Who does not decide alone yet does not choose who speaks for them.",
            ),
            "kind",
        )
    if representative.birth_date > of_age:
        raise Invalid(
            Text(
                nl="Wie zelf nog niet alleen beslist, kan niemand vertegenwoordigen.",
                en="Who does not decide alone yet can't represent anybody.",
            ),
            "birth_date",
        )


def _made(newcomer: Newcomer, case: Case, by: Actor) -> Person:
    """A person without any request: known only as who speaks for somebody."""
    made = make_person(
        newcomer.given_name,
        newcomer.family_name,
        newcomer.birth_date,
        area=case.area or case.person.area,
        language=case.person.language,
        fictitious=case.person.fictitious,
    )
    record(by, "create", made, person_id=made.pk)
    return made


def _log(by: Actor, verb: str, representation: Representation) -> None:
    """`detail` names the representative by number: a person is not named in the log."""
    detail = {"representative": representation.representative.number, "kind": representation.kind}
    if representation.withheld:
        detail["withheld"] = " ".join(representation.withheld)
    record(by, verb, "representation", person_id=representation.person_id, detail=detail)
