"""The demo world has a growth calendar with some of everything."""

import pytest

from tests import factories
from veerkracht.register import clock, verify
from veerkracht.register.supply.models import Award, AwardStep
from veerkracht.register.world.growth import add_growth

pytestmark = pytest.mark.django_db


def test_the_demo_world_has_awards_of_which_all_sorts_of_things_became():
    clock.stand_still_on(clock.today())
    add_growth()
    assert Award.objects.count() == 0
    for name in ("A", "B"):
        factories.make_service(name, programme="residential-care")
    add_growth()
    assert Award.objects.count() == 10
    kinds = set(AwardStep.objects.values_list("kind", flat=True))
    assert kinds == {"awarded", "postponed", "lapsed", "realised"}
    assert {award.left > 0 for award in Award.objects.all()} == {True, False}
    assert verify.run() == []
