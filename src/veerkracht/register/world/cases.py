"""Who works on which case in the demo world, and who speaks for somebody there."""

from datetime import date

from veerkracht.register.care.models import Request
from veerkracht.register.people import numbers
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.people.names import search_name
from veerkracht.register.sharing.models import CaseWorker, Representation

_CASES = 12
_AT_MOST_SEARCHED = 400


def assign(people: list[Person], *, by: User, programme: str, since: date) -> int:
    """Give these people, and some more who wait, to the demo's case workers in turn; gives how many cases there are."""
    workers = list(Membership.objects.filter(role=Membership.Role.CASE_WORKER).order_by("pk"))
    more = Request.objects.filter(programme=programme, state="waiting").exclude(person__in=people)
    found = list(dict.fromkeys(more.order_by("pk").values_list("person", flat=True)[:_AT_MOST_SEARCHED]))
    chosen = [person.pk for person in people] + found[:: max(len(found) // _CASES, 1)][:_CASES]
    made = CaseWorker.objects.bulk_create(
        CaseWorker(
            person_id=person,
            programme=programme,
            user_id=held.user_id,
            organisation_id=held.organisation_id,
            from_date=since,
            given_by_name=by.full_name,
        )
        for person, held in zip(chosen, workers * len(chosen), strict=False)
    )
    return len(made)


def represent(person: Person, *, by: User, since: date) -> Person:
    """Somebody who asks for nothing, and speaks for this person as their administrator."""
    given, family = "Voorbeeldine", "Schijnhuys"
    last = Person.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    representative = Person.objects.create(
        pk=last + 1,
        number=numbers.take(numbers.PERSON)[0],
        given_name=given,
        family_name=family,
        search_name=search_name(given, family),
        birth_date=date(1960, 6, 15),
        area=person.area,
        fictitious=True,
    )
    Representation.objects.create(
        person=person,
        representative=representative,
        kind=Representation.Kind.ADMINISTRATOR,
        source="Vredegerecht Voorbeeld (demo)",
        from_date=since,
        recorded_by_name=by.full_name,
    )
    return representative
