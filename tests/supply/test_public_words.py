"""No person's name in what everybody may read, as far as the register can know it."""

import pytest

from tests import factories
from tests.supply.conftest import of_another
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Location, Service, Unit

COMMAND = Actor.for_command("tests")
SAID = {"programme": factories.PROGRAMME, "area": "11001"}


@pytest.fixture
def elm(day) -> Organisation:
    """An organisation with a worker, a resident and one of whom few may know; somebody else stays elsewhere."""
    house = factories.make_service("Elm House", organisation="Elm")
    oak = factories.make_service("Oak House", organisation="Oak")
    for service, given, family, restricted in (
        (house, "Zoë", "De Smet", False),
        (house, "Piet", "Geheim", True),
        (oak, "Rik", "Ander", False),
    ):
        person = factories.make_person(given=given, family=family)
        (unit,) = factories.make_units(service)
        hold = actions.hold_place(unit, by=COMMAND, minutes=30, request=factories.make_request(person))
        actions.confirm_hold(hold, by=COMMAND)
        Person.objects.filter(pk=person.pk).update(restricted=restricted)
    return house.organisation


def test_the_name_of_who_works_or_stays_there_does_not_go_into_a_public_text(elm):
    own = of_another("admission", "Elm")
    worker = own.name
    before = (Service.objects.count(), Location.objects.count(), Unit.objects.count())
    refused = [
        ({"name": "Kamer van mevrouw Peeters"}, "name", "mevrouw Peeters"),
        ({"name": "Huis van DHR. Öztürk"}, "name", "DHR. Öztürk"),
        ({"name": "Bij zoe de smet"}, "name", "zoe de smet"),
        ({"name": "De Smet Zoë, studio"}, "name", "de smet zoe"),
        ({"name": f"Vraag naar {worker}"}, "name", worker.lower()),
        ({"name": "Elm Lane", "address": "Elm Lane 1, bij Zoë De Smet"}, "address", "zoe de smet"),
    ]
    for said, field, found in refused:
        with pytest.raises(Invalid) as fault:
            actions.add_location(elm, by=own, area="11001", **said)
        assert (fault.value.field, fault.value.text.en) == (
            field,
            f"Everybody can read this, and it seems to hold a person's name: {found}. Leave it out.",
        )
    service = Service.objects.get(name="Elm House")
    for act in (
        lambda: actions.add_service(elm, by=own, name="Huis Zoë De Smet", **SAID),
        lambda: actions.add_unit(service, by=own, name="Kamer meneer Claes"),
        lambda: actions.add_unit(service, by=own, name="Room 9", ward="Mevr. Claes"),
    ):
        with pytest.raises(Invalid):
            act()
    assert (Service.objects.count(), Location.objects.count(), Unit.objects.count()) == before


def test_what_is_no_name_or_would_tell_of_somebody_is_taken(elm):
    """A street named after somebody, a part of a name, who stays elsewhere, and one of whom the actor may not know: a
    refusal would tell that they are there."""
    own = of_another("admission", "Elm")
    for name, address in (
        ("De Smet", "Mevrouw Courtmansstraat 4"),
        ("Huis Rik Ander", ""),
        ("Huis Piet Geheim", ""),
        ("Zorgheem", "Zoë De Smetstraat 1"),
    ):
        assert actions.add_location(elm, by=own, name=name, area="11001", address=address).name == name
    # Sealed, it is read by the organisation alone.
    actions.add_location(elm, by=own, name="Stil", area="11001", address="bij Zoë De Smet", secret=True)
    assert elm.locations.count() == 5
