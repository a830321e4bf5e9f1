"""The demo world has complaints and supervision of some homes, each with its source."""

import pytest

from tests import factories
from veerkracht.register import verify
from veerkracht.register.quality.models import Signal
from veerkracht.register.world.signals import SOURCE, add_signals


@pytest.mark.django_db
def test_some_homes_have_something_noted():
    add_signals()
    assert Signal.objects.count() == 0
    for number in range(20):
        factories.make_service(f"House {number:02}", programme="residential-care")
    add_signals()
    told = [
        (one.kind, one.until_date is None, one.source == SOURCE, one.fictitious)
        for one in Signal.objects.all()
    ]
    complaints, supervision = ("complaint", True, True, True), ("heightened-supervision", True, True, True)
    assert told == [*[complaints] * 4, supervision, ("heightened-supervision", False, True, True)]
    assert verify.run() == []
