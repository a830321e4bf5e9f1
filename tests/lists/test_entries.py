"""A request on the lists of homes: in, changed, aside, lower, off."""

from datetime import date

import pytest

from tests.lists.factories import make_asking, make_entry, make_home
from veerkracht.register.lists.queries import ranked

pytestmark = pytest.mark.django_db


def test_one_request_stands_on_the_lists_of_many_homes():
    homes = [make_home() for _ in range(3)]
    request = make_asking()
    entries = [make_entry(home, request) for home in homes]
    assert [(one.preference, one.registered_on) for one in entries] == [
        (1, date(2023, 2, 1)), (2, date(2023, 2, 1)), (3, date(2023, 2, 1))
    ]  # fmt: skip
    assert ranked(homes[0]) == []
