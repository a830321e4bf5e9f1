"""What a process of its own does in a race for a vacancy or an offer."""

from datetime import date

from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice, Passing
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.people.actors import Actor, actor_named
from veerkracht.register.people.models import Person
from veerkracht.register.residence import actions as stays
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.models import Service


def offer(vacancies: list[int], user: str, entry: int, passed: tuple[int, ...] = ()) -> None:
    found = list(Vacancy.objects.select_related("unit__service").filter(pk__in=vacancies).order_by("pk"))
    passing = {one: Passing("not-reached", "Called twice.") for one in passed}
    actions.make_offer(found, by=actor_named(user), choice=Choice(entry, passing))


def accept(offer: int, user: str, on: date) -> None:
    actions.accept_offer(_offer(offer), by=actor_named(user), arrives_on=on)


def decline(offer: int, person: int) -> None:
    own = Person.objects.get(pk=person)
    actions.decline_offer(_offer(offer), by=Actor(user=None, person=own), reason="wrong-room")


def lapse() -> None:
    actions.lapse_offers(by=Actor.for_command("tests"))


def note(service: int, user: str) -> None:
    actions.note_vacancies(Service.objects.get(pk=service), by=actor_named(user))


def keep() -> None:
    actions.keep_vacancies(by=Actor.for_command("tests"))


def leave(residence: int, on: date) -> None:
    stays.end_stay(
        Residence.objects.get(pk=residence), by=Actor.for_command("tests"), on=on, reason="other-home"
    )


def _offer(id: int) -> Offer:
    return Offer.objects.select_related("service").get(pk=id)
