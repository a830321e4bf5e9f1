"""What a hand in the database breaks of stays and prices is found by its name."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.residence.conftest import COMMAND, TODAY
from veerkracht.register import verify
from veerkracht.register.append_only import protect, release
from veerkracht.register.people.models import Person
from veerkracht.register.residence import actions, overlaps
from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.models import Contribution, DayPrice, Residence
from veerkracht.register.supply.models import Stay


def _reprice(**facts: object) -> None:
    release("default", "residence_dayprice")
    DayPrice.objects.order_by("-pk").update(**facts)
    protect("default", "residence_dayprice")


def _overlap() -> None:
    overlaps.allow_overlaps()
    first, second = Residence.objects.order_by("pk")
    Residence.objects.filter(pk=second.pk).update(person=first.person, until_date=TODAY, end_reason="left")


BREAKERS: dict[str, Callable[[], object]] = {
    "residence_overlaps_another": _overlap,
    "residence_is_what_its_events_say": lambda: Residence.objects.update(away_since=TODAY),
    "residence_has_its_place": lambda: Stay.objects.update(until_date=TODAY),
    "residence_ends_with_a_death": lambda: Person.objects.update(died_on=TODAY),
    "day_price_is_its_parts": lambda: _reprice(cents=4_999),
    "day_price_keeps_to_the_rule": lambda: _reprice(ground="bell"),
    "contribution_is_within_its_residence": lambda: Contribution.objects.update(from_date=date(2020, 1, 1)),
}


@pytest.mark.parametrize("name", BREAKERS)
def test_what_is_broken_is_found_by_its_name(lives, home, admission, name):
    resident, _other = lives(0), lives(1)
    said = Said({"roof": 4000, "soup": 1000}, "first")
    actions.set_price(home, by=COMMAND, said=said, from_date=date(2023, 1, 1))
    actions.start_contribution(resident, by=admission, kind="alms", cents_a_day=100, on=TODAY)
    assert verify.run() == []
    BREAKERS[name]()
    assert name in {one.name for one in verify.run()}
