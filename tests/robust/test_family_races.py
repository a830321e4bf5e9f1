"""Families at the same moment: two who ask each other come together once, and a code opens for one."""

from collections import Counter
from datetime import date

import pytest

from tests import factories
from tests.lists.factories import make_home, make_waiting
from tests.robust import family_acts as acts
from tests.robust.processes import at_once
from veerkracht.register import verify
from veerkracht.register.care.models import Request
from veerkracht.register.cases.protection.chosen import Terms, give_representation_code
from veerkracht.register.lists.actions import Named, ask_together
from veerkracht.register.lists.models import Together
from veerkracht.register.sharing.models import Representation

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_ask_each_other_come_together_once_and_who_stops_meanwhile_is_not_half_joined(day):
    home = make_home()
    asks = [make_waiting(home).request for _ in range(4)]
    own = {one.pk: factories.make_own_actor(one.person) for one in asks}
    named = Named("Fien", "Voorbeeld", date(1939, 5, 17))
    one, two, third, fourth = asks
    first, second, other = (
        ask_together(request, named, by=own[request.pk])[0] for request in (one, two, third)
    )
    outcome = at_once((acts.agree, first.pk, two.person_id), (acts.agree, second.pk, one.person_id))
    assert Counter(outcome) == {"done": 1, "Invalid": 1}
    assert sorted(Together.objects.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True)) == [
        "joined", "withdrawn"
    ]  # fmt: skip
    assert Request.objects.filter(bundle=one.pk).count() == 2
    # One agrees while the other takes it back: both may be in time, one after the other, and nothing is half done.
    outcome = at_once((acts.agree, other.pk, fourth.person_id), (acts.stop, other.pk, third.person_id))
    assert outcome in (["Invalid", "done"], ["done", "done"])
    assert Together.objects.get(pk=other.pk).state in ("withdrawn", "parted")
    assert verify.run() == []


def test_of_who_use_one_code_one_speaks_for_who_gave_it(day, settings):
    # As other processes weigh it, too.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    giver = factories.make_own_actor(factories.make_person(given="Moe"))
    code = give_representation_code(Terms("An"), by=giver)
    people = [factories.make_own_actor(factories.make_person(given=name)).person.pk for name in "ABCDE"]
    outcome = at_once(*((acts.use_code, code, person) for person in people))
    assert Counter(outcome) == {"done": 1, "Refused": 4}
    assert (Representation.objects.count(), verify.run()) == (1, [])
