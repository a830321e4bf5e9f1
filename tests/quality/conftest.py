"""Homes of Testland and what they measured; the day stands still on 15 January 2024."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import factories
from tests.testland import stand_in_testland
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.quality import actions
from veerkracht.register.quality.measured import Measured
from veerkracht.register.quality.models import IndicatorValue

TODAY = date(2024, 1, 15)
QUARTER = (date(2023, 10, 1), date(2023, 12, 31))
COMMAND = Actor.for_command("tests")


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in_testland(request, monkeypatch, TODAY, "home")


@pytest.fixture
def home(db: None) -> Organisation:
    return Organisation.objects.create(name="Elm House", kind="home")


@pytest.fixture
def admission(home: Organisation) -> Actor:
    return worker(home)


def worker(organisation: Organisation, role: str = "admission", **facts: Any) -> Actor:
    user = factories.make_user(role, **facts)
    Membership.objects.filter(user=user).update(organisation=organisation)
    return factories.actor_for(user, role)


def soup(numerator: float | str = 8, denominator: int = 60, **facts: Any) -> Measured:
    """A share of a quarter."""
    period = dict(zip(("from_", "until"), facts.pop("period", QUARTER), strict=True))
    said: dict[str, Any] = {"indicator": "cold-soup", "source": "Made up", **period, **facts}
    return Measured(numerator=Decimal(str(numerator)), denominator=denominator, **said)


@pytest.fixture
def street(home: Organisation) -> Callable[..., list[IndicatorValue]]:
    """So many homes that each reported a share of a quarter; Elm House, the first of them, the first share."""

    def reported(*counts: tuple[int, int], **facts: Any) -> list[IndicatorValue]:
        found = []
        for place, (numerator, denominator) in enumerate(counts):
            named = home.name if place == 0 else f"House {place}"
            one, _ = Organisation.objects.get_or_create(name=named, defaults={"kind": "home"})
            values = [soup(numerator, denominator, **facts)]
            found += actions.record_values(one, by=COMMAND, values=values)
        return found

    return reported
