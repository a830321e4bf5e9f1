"""The demo world has places: some free, one held, one taken, and one service that is told to few."""

import pytest

from veerkracht.register import clock
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.models import Hold, Service, Unit
from veerkracht.register.world.places import add_places

pytestmark = pytest.mark.django_db


def test_the_demo_world_has_places_of_organisations_that_are_there():
    clock.stand_still_on(clock.today())
    for kind in ("agency", "provider"):
        Organisation.objects.create(name=f"{kind} (demo)", kind=kind)
    add_places()
    assert (Service.objects.count(), Unit.objects.count(), Service.objects.filter(secret=True).count()) == (
        4,
        11,
        1,
    )
    assert sorted(Hold.objects.values_list("state", flat=True)) == ["confirmed", "held"]
