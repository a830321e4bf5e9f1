"""The last place with staff is one person's, whichever free place they wanted; a count comes before a hold or after."""

import pytest

from tests.robust import acts
from tests.robust.processes import at_once
from tests.staff.conftest import make_home, staff
from veerkracht.register import verify
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.supply.models import Hold, Staffing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(day):
    """Four places, and staff for two of them."""
    service = make_home(places=4)
    staff(service, 34, 53)
    return service


def test_of_all_who_want_the_last_place_with_staff_one_gets_it(home, user):
    units = list(home.units.order_by("id"))
    acts.hold(units[0].pk, user("admission"))
    outcome = at_once(*((acts.hold, unit.pk, user("admission")) for unit in (units[1:] * 2)[:6]))
    assert sorted(outcome) == ["Conflict"] * 5 + ["done"]
    assert (Hold.objects.filter(state="held").count(), verify.run()) == (2, [])


def test_staff_counted_while_places_are_taken_is_before_each_or_after(home, user):
    """However it falls: nobody took a place after it was known that there was no staff for it."""
    nurses = StaffCount.objects.get(profession="nurse")
    outcome = at_once(
        (acts.correct_staff, nurses.pk, 17),
        *((acts.hold, unit.pk, user("admission")) for unit in home.units.order_by("id")[:3]),
    )
    held = Hold.objects.filter(state="held").count()
    assert (outcome.count("done"), held in (1, 2), verify.run()) == (held + 1, True, [])
    assert Staffing.objects.get(profession="nurse").fte_hundredths == 17


def test_one_count_reported_by_many_stands_once(home):
    outcome = at_once(*((acts.count_staff, home.pk, "other", 100 + number) for number in range(3)))
    assert outcome == ["Invalid", "Invalid", "done"]
    assert (StaffCount.objects.filter(profession="other").count(), verify.run()) == (1, [])
