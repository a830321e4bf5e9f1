"""The demo world has places: some free, one held, and one service that tells nothing of its staff."""

import pytest

from veerkracht.register import clock
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.supply.models import Hold, Service, Unit
from veerkracht.register.supply.queries.staffing import staffing
from veerkracht.register.world.places import add_places
from veerkracht.register.world.staff import add_staff

pytestmark = pytest.mark.django_db


def test_the_demo_world_has_places_of_organisations_that_are_there():
    clock.stand_still_on(clock.today())
    for kind in ("agency", "provider"):
        Organisation.objects.create(name=f"{kind} (demo)", kind=kind)
    add_places()
    assert (Service.objects.count(), Unit.objects.count(), Service.objects.filter(secret=True).count()) == (
        3,
        9,
        0,
    )
    # Nobody has a place in a home without living there.
    assert list(Hold.objects.values_list("state", flat=True)) == ["held"]


def test_one_service_of_the_demo_is_short_of_staff_and_of_one_it_is_not_known():
    clock.stand_still_on(clock.today())
    for kind in ("agency", "provider"):
        Organisation.objects.create(name=f"{kind} (demo)", kind=kind)
    add_places()
    add_staff(clock.today())
    found = staffing(Service.objects.order_by("pk")).values()
    assert [(one.open, one.staffed, one.recognised) for one in found] == [
        (4, 4, 4),
        (2, 1, 5),
        (3, None, 3),
    ]
    assert set(StaffCount.objects.values_list("fictitious", flat=True)) == {True}
