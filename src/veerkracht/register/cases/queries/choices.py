"""What can be chosen when a case is shared: people, organisations, grounds; by id and name, for a form."""

from collections.abc import Iterable

from veerkracht import region
from veerkracht.region.access import SHAREABLE, Ground
from veerkracht.register import clock
from veerkracht.register.cases import voices
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor, in_force
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.people.names import plain
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing.queries import CASE_ROLES, staff_of
from veerkracht.rulebook.types import Text

# Who can take part in a consultation, by the permission matrix.
TAKING_PART = ("officer", "signer", "assessor", "case-worker", "admission", "crisis-worker")


def grounds(*, consultation: bool) -> tuple[Ground, ...]:
    """The grounds in law that hold today, for consultation or for sharing."""
    access = region.current().access
    return access.grounds_on(clock.today(), consultation=consultation) if access else ()


def shareable() -> dict[str, Text]:
    """The groups of fields that can be shared at all, by the names of the permission matrix."""
    return {id: matrix().fields[id] for id in SHAREABLE}


def colleagues(actor: Actor) -> list[tuple[int, str]]:
    """Who of the actor's own organisation can be given a case, by name."""
    named = [(user.pk, user.full_name) for user in _colleagues(actor)]
    return sorted(named, key=lambda one: (one[1], one[0]))


def colleague(actor: Actor, id: int) -> User:
    """One of them. Raises `Refused` for anybody else."""
    found = next((user for user in _colleagues(actor) if user.pk == id), None)
    if found is None:
        raise Refused()
    return found


def other_organisations(actor: Actor) -> list[tuple[int, str]]:
    """Every organisation but the actor's own, by name."""
    found = Organisation.objects.exclude(pk=actor.organisation_id or 0).order_by("name", "pk")
    return list(found.values_list("pk", "name"))


def organisation(id: int) -> Organisation:
    """Raises `Refused` when there is none."""
    found = Organisation.objects.filter(pk=id).first()
    if found is None:
        raise Refused()
    return found


def who_is_asked(person: Person) -> list[tuple[int, str]]:
    """Whose voice a consent needs today: the person, representatives, or both; nobody for a child without."""
    return [(one.pk, str(one)) for one in _asked(person)]


def speakers(person: Person, ids: Iterable[int]) -> list[Person]:
    """Those of them with these ids. Raises `Refused` for anybody else."""
    asked = {one.pk: one for one in _asked(person)}
    if set(ids) - set(asked):
        raise Refused()
    return [asked[id] for id in ids]


def members_named(text: str, programme: str) -> list[Membership]:
    """The roles of who is named, one a line, by first and last name or by how they sign in.

    Raises `Invalid` naming each line that is nobody, or more than one.
    """
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    found = {line: _held_by(line, programme) for line in lines}
    unclear = [line for line, held in found.items() if len(held) != 1]
    if unclear:
        raise Invalid(
            Text(
                nl=f"Dit is niemand, of meer dan één medewerker met dossierwerk: {', '.join(unclear)}.",
                en=f"This is nobody, or more than one who works with files: {', '.join(unclear)}.",
            ),
            "members",
        )
    return [held[0] for held in found.values()]


def _colleagues(actor: Actor) -> list[User]:
    own = [actor.organisation_id] if actor.organisation_id else []
    return staff_of(own, actor.programme, CASE_ROLES)


def _asked(person: Person) -> list[Person]:
    try:
        needed = voices.needed(person, clock.today())
    except Invalid:
        return []
    return [*([person] if needed.own else []), *needed.representatives]


def _held_by(line: str, programme: str) -> list[Membership]:
    """The first role that can take part, of each user and organisation that the line may mean."""
    held = Membership.objects.filter(in_force(clock.today()), role__in=TAKING_PART, user__is_active=True)
    held = held.filter(programme__in=["", programme]).select_related("user", "organisation").order_by("pk")
    by_name = held.filter(user__username=line) or [
        one
        for one in held.filter(user__last_name__in=_endings(line))
        if plain(one.user.full_name) == plain(line)
    ]
    first: dict[tuple[int, int], Membership] = {}
    for one in by_name:
        first.setdefault((one.user_id, one.organisation_id), one)
    return list(first.values())


def _endings(line: str) -> list[str]:
    """Every family name that a full name may end in: "Fien Van den Berg" may be of Berg, den Berg, Van den Berg."""
    parts = line.split()
    return [" ".join(parts[start:]) for start in range(1, len(parts))]
