"""Families at the same moment: of who want some of the same places each gets all of theirs or none."""

from collections import Counter

import pytest

from tests import factories
from tests.robust import acts
from tests.robust.processes import at_once
from veerkracht.register import verify
from veerkracht.register.supply.models import Hold

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_families_who_want_some_of_the_same_places_one_gets_all_and_the_others_none(unit, user):
    units = [unit.pk, *(one.pk for one in factories.make_units(unit.service, 2))]
    first, second, third = units
    # Each wants two of the three, in whatever order: no two of them can have both.
    wanted = [
        (first, second),
        (second, third),
        (third, first),
        (second, first),
        (third, second),
        (first, third),
    ]
    outcome = at_once(*((acts.hold_together, pair, user("admission")) for pair in wanted))
    assert Counter(outcome) == {"done": 1, "Conflict": 5}
    held = Hold.objects.filter(state="held")
    assert (held.count(), held.values("party").distinct().count(), verify.run()) == (2, 1, [])


def test_who_confirms_one_of_a_family_and_who_gives_back_another_do_not_both_win(unit, user):
    places, house = [unit.pk, *(one.pk for one in factories.make_units(unit.service, 1))], user("admission")
    acts.hold_together(places, house)
    one, other = Hold.objects.order_by("pk")
    outcome = at_once((acts.confirm, one.pk, house, 1), (acts.release, other.pk, house, 1))
    assert sorted(outcome) == ["Conflict", "done"]
    states = set(Hold.objects.values_list("state", flat=True))
    assert (states in ({"confirmed"}, {"released"}), verify.run()) == (True, [])
