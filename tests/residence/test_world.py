"""Homes of a demo world at published totals, and a day of them played by the verbs that people use."""

from datetime import timedelta

import pytest

from tests.residence.conftest import TODAY
from veerkracht.register import clock, verify
from veerkracht.register.errors import Invalid
from veerkracht.register.people.models import Person
from veerkracht.register.residence.models import DayPrice, Residence
from veerkracht.register.residence.queries import occupancy, occupancy_over, together, together_over
from veerkracht.register.supply.models import Service
from veerkracht.register.world.homes import FEW, add_homes
from veerkracht.register.world.homes_day import play_day


@pytest.mark.usefixtures("db")
def test_homes_are_as_published_and_a_day_of_them_breaks_no_rule():
    """Testland publishes 31 homes with 310 places, nine in ten taken, at 50.50 euro a day on average."""
    built = add_homes(published=True)
    assert (built.homes, built.places, built.residents) == (31, 310, 279)
    homes = list(Service.objects.order_by("pk"))
    whole = together(occupancy(homes).values())
    assert (whole.recognised, whole.occupied, whole.open) == (310, 279, 310 - built.closed)
    year = together_over(occupancy_over(homes).values())
    assert 0.8 < year.of_recognised < 1
    assert year.billed < year.occupied
    assert not Person.objects.filter(fictitious=False).exists()
    assert 4500 < sum(DayPrice.objects.filter(ground="first").values_list("cents", flat=True)) / 31 < 5600
    assert verify.run() == []
    played = [play_day(seed=1) for _ in range(3)][-1]
    assert (clock.today(), played.homes) == (TODAY + timedelta(days=3), 31)
    assert Residence.objects.filter(until_date__gt=TODAY).exists()
    assert verify.run() == []


@pytest.mark.usefixtures("db")
def test_few_homes_have_their_part_of_the_totals():
    built = add_homes()
    assert (built.homes, built.places, built.residents) == (FEW, 240, 216)


@pytest.mark.usefixtures("db")
def test_where_days_are_real_no_day_is_played():
    clock.stand_still_on(None)
    with pytest.raises(Invalid, match="dagen echt"):
        play_day()
