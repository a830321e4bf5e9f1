"""What a day costs, when it may rise, and what a resident pays."""

from datetime import date
from fractions import Fraction

import pytest

from tests.residence.conftest import COMMAND, TODAY, make_home, worker
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.residence import actions
from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.models import DayPrice
from veerkracht.register.residence.prices import standing
from veerkracht.register.residence.queries import bill, price_page
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.day_prices import Passing, Price, PriceRule, refusal
from veerkracht.rulebook.types import Text

FIRST = Said({"roof": 4000, "soup": 1000}, "first")
YEARLY = PriceRule(id="y", from_=date(2020, 1, 1), until=date(2023, 7, 1), text=Text(), rhythm="yearly")


def rising(cents: int, ground: str = "bell", **more) -> Said:
    return Said({"roof": cents - 1000, "soup": 1000}, ground, **more)


@pytest.mark.parametrize(
    ("from_", "cents", "kind", "reference", "why"),
    [
        # The bell rang on 10 September and 10 October: the one counts in October up to 1 December, the other from
        # November up to 1 January.
        (date(2023, 10, 1), 5100, "index", "", ""),
        (date(2023, 11, 1), 5202, "index", "", ""),
        (date(2023, 11, 1), 5203, "index", "", "at most 52.02"),
        (date(2023, 9, 30), 5001, "index", "", "no passing"),
        (date(2024, 1, 1), 5100, "index", "", ""),
        (date(2024, 1, 1), 5101, "index", "", "at most 51.00"),
        (date(2024, 1, 2), 5001, "index", "", "no passing"),
        (date(2023, 8, 1), 5900, "approval", "MB 2023/7", ""),
        (date(2023, 8, 1), 5900, "approval", "", "names the decision"),
        (date(2023, 8, 1), 4900, "lower", "", ""),
        (date(2023, 8, 1), 5001, "lower", "", "price rises"),
        (date(2023, 8, 1), 4900, "index", "", "does not rise"),
        (date(2023, 8, 1), 5001, "first", "", "already"),
        (date(2019, 8, 1), 5001, "index", "", "No rule"),
    ],
)
def test_the_rule_in_force_on_its_first_day_says_whether_a_price_can_be(from_, cents, kind, reference, why):
    """A table that somebody who keeps prices can read; the passings are those of Testland."""
    passings = [Passing(date(2023, month, 10), Fraction(2, 100)) for month in (9, 10)]
    by_bell = PriceRule(
        id="b",
        from_=date(2023, 7, 1),
        text=Text(),
        rhythm="passing",
        earliest_months=1,
        latest_months=3,
    )
    before = [Price(5000, date(2018, 1, 1), "first")]
    found = refusal([YEARLY, by_bell], passings, before, Price(cents, from_, kind, reference))
    assert (found is None) is not bool(why)
    assert found is None or why in found.en


def test_a_passing_is_used_once_and_a_year_has_one_rise(home):
    actions.set_price(home, by=COMMAND, said=FIRST, from_date=date(2022, 1, 1))
    actions.set_price(home, by=COMMAND, said=rising(5150), from_date=date(2022, 5, 1))
    with pytest.raises(Invalid, match="één keer per jaar"):
        actions.set_price(home, by=COMMAND, said=rising(5160), from_date=date(2022, 9, 1))
    with pytest.raises(Invalid, match="hoogstens 53,05 euro"):
        actions.set_price(home, by=COMMAND, said=rising(5306), from_date=date(2023, 3, 1))
    actions.set_price(home, by=COMMAND, said=rising(5253), from_date=date(2023, 10, 1))
    with pytest.raises(Invalid) as used:
        actions.set_price(home, by=COMMAND, said=rising(5300), from_date=date(2023, 10, 2))
    actions.set_price(home, by=COMMAND, said=rising(5358), from_date=date(2023, 11, 1))
    assert (used.value.field, [row.cents for row in standing([home.pk]).rows]) == (
        "ground",
        [5000, 5150, 5253, 5358],
    )
    assert verify.run() == []


def test_a_kind_of_place_has_its_own_price_and_a_mistake_is_a_new_version(home, admission):
    all_kinds = actions.set_price(home, by=admission, said=FIRST, from_date=date(2023, 1, 1))
    large = Said({"roof": 6000}, "first", unit_kind="studio")
    actions.set_price(home, by=admission, said=large, from_date=date(2023, 6, 1))
    wrong = Said({"roof": 4500, "soup": 1000}, "first")
    put_right = actions.correct_price(all_kinds, by=admission, said=wrong, why="A slip")
    prices = standing([home.pk])
    found = [
        prices.on(home.pk, kind, day)
        for kind, day in (
            ("studio", date(2023, 5, 31)),
            ("studio", date(2023, 6, 1)),
            ("", date(2024, 1, 1)),
            ("", date(2022, 12, 31)),
        )
    ]
    assert [price and price.cents for price in found] == [5500, 6000, 5500, None]
    assert (put_right.version, DayPrice.objects.count()) == (2, 3)
    with pytest.raises(Conflict):
        actions.correct_price(all_kinds, by=admission, said=FIRST, why="Seen too late")
    assert verify.run() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said({"gold": 1}, "first"), "parts"),
        (Said({"roof": -5, "soup": 10}, "first"), "roof"),
        (Said({"roof": 0}, "first"), "parts"),
        (Said({"roof": 100_001}, "first"), "parts"),
        (Said({"roof": 1}, "greed"), "ground"),
        (Said({"roof": 1}, "bell"), "ground"),
    ],
)
def test_a_price_that_can_not_be_is_told_at_its_field(home, said, field):
    with pytest.raises(Invalid) as fault:
        actions.set_price(home, by=COMMAND, said=said, from_date=TODAY)
    assert (fault.value.field, DayPrice.objects.count()) == (field, 0)


def test_only_the_home_sets_its_price(home):
    for actor in (worker(make_home("Oak House")), worker(home, "analyst")):
        with pytest.raises(Refused):
            actions.set_price(home, by=actor, said=FIRST, from_date=TODAY)
    # Where nobody lives a day has no price, and no page of prices.
    Service.objects.filter(pk=home.pk).update(programme="bread")
    with pytest.raises(Invalid, match="Hier woont niemand"):
        actions.set_price(Service.objects.get(pk=home.pk), by=COMMAND, said=FIRST, from_date=TODAY)
    with pytest.raises(Refused):
        price_page(COMMAND, home.pk)
    assert DayPrice.objects.count() == 0


def test_a_bill_counts_each_day_at_the_price_that_held_and_what_is_paid_beside_it(home, lives, admission):
    actions.set_price(home, by=COMMAND, said=FIRST, from_date=date(2023, 12, 10))
    actions.set_price(home, by=COMMAND, said=rising(5100), from_date=date(2024, 1, 1))
    resident = lives(on=date(2023, 12, 5))
    alms = actions.start_contribution(
        resident, by=admission, kind="alms", cents_a_day=300, on=date(2023, 12, 30), payer="The parish"
    )
    actions.end_contribution(alms, by=admission, on=date(2024, 1, 2))
    actions.leave_for(resident, by=admission, on=date(2024, 1, 3), absence="visit")
    found = bill(admission, resident, date(2023, 12, 1), date(2024, 1, 10))
    # From the 5th, and without a price up to the 10th of December; 22 days at 50 euro, 10 at 51.
    assert (found.days, found.unpriced, found.away) == (37, 5, 8)
    assert found.cents == 22 * 5000 + 10 * 5100 - 4 * 300
    assert [(line.what.en, line.days, line.cents_a_day, line.payer) for line in found.lines][-1] == (
        "Alms",
        4,
        -300,
        "The parish",
    )
    with pytest.raises(Refused):
        bill(worker(make_home("Oak House")), resident, date(2023, 12, 1), TODAY)
    with pytest.raises(Conflict):
        actions.end_contribution(alms, by=admission, on=TODAY)
    for facts, field in (
        ({"kind": "gold"}, "kind"),
        ({"cents_a_day": 0}, "cents_a_day"),
        ({"on": date(2023, 12, 4)}, "on"),
    ):
        asked = {"kind": "extra", "cents_a_day": 100, "on": TODAY, **facts}
        with pytest.raises(Invalid) as fault:
            actions.start_contribution(resident, by=admission, **asked)
        assert fault.value.field == field
