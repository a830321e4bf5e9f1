"""Who works on a case, by its rows alone: for whoever must be told something about it."""

from django.db.models import Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.people.actors import in_force
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.sharing.in_force import case_work
from veerkracht.register.sharing.models import CaseWorker

# The roles that work with files: they are told what happens to one.
CASE_ROLES = ("officer", "assessor", "case-worker")


def workers(person: Person, programme: str) -> QuerySet[CaseWorker]:
    """The live case work on a person's case today, for this programme or for every one, longest first."""
    of_case = Q(programme__in=["", programme]) if programme else Q()
    return case_work(clock.today()).filter(of_case, person=person).order_by("from_date", "id")


def team(person: Person, programme: str) -> list[User]:
    """Who works on a case, and everybody of those organisations with a role for case work in that programme."""
    organisations = workers(person, programme).values("organisation")
    return staff_of(list(organisations.values_list("organisation", flat=True)), programme, CASE_ROLES)


def staff_of(organisations: list[int], programme: str, roles: tuple[str, ...]) -> list[User]:
    """Everybody with one of these roles in an organisation today, for a programme ("": for any), by their id."""
    today = clock.today()
    held = Membership.objects.filter(in_force(today), organisation__in=organisations, role__in=roles)
    if programme:
        held = held.filter(programme__in=["", programme])
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("id"))
