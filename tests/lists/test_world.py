"""Who waits for homes in the demo world stands there by the same rules, and every invariant holds."""

from collections import Counter
from datetime import date

import pytest

from veerkracht.register import clock, verify
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.lists.models import Entry
from veerkracht.register.lists.queries import ranked
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.models import Service
from veerkracht.register.world.homes import FEW, add_homes
from veerkracht.register.world.homes_lists import PEOPLE_PER_HOME

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_people_wait_for_the_homes_of_the_demo_world():
    clock.stand_still_on(date(2024, 1, 15))
    add_homes()
    homes = Service.objects.filter(entries__isnull=False).distinct().order_by("pk")
    assert homes.count() == FEW
    of_request = Counter(Entry.objects.values_list("request", flat=True))
    assert len(of_request) == FEW * PEOPLE_PER_HOME
    assert set(of_request.values()) == {1, 2, 3, 4}
    assert {*Entry.objects.values_list("when_ready", flat=True)} == {"now", "later"}
    places = [len(ranked(home)) for home in homes]
    assert sum(places) > FEW
    # Who lives in the ward for dementia has one of its categories, and no home lost all its people in one week.
    ward = Assessment.objects.filter(person__residences__stay__unit__kind="dementia")
    assert {*ward.values_list("outcome", flat=True)} == {"cd", "d"}
    left = Residence.objects.filter(service=homes[0], until_date__gt=date(2024, 1, 8))
    assert 0 < left.count() < 8
    assert verify.run() == []
