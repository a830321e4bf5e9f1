"""From residents to staff and money: by what counts on the day, unknown where it is not known."""

from datetime import date

import pytest

from veerkracht.register.intensity.counting import Residents, intensity, together
from veerkracht.register.intensity.rules import Rules, rules_on
from veerkracht.rulebook.care_gap import Span
from veerkracht.rulebook.errors import Fault

BEFORE, SINCE = date(2021, 6, 30), date(2021, 7, 1)
HOME = Residents({"o": 10, "a": 10, "b": 20, "c": 20, "cd": 30, "d": 10}, unknown=3, expired=5)


def rules(on: date) -> Rules:
    return rules_on("residential-care", on)


def shown(span: Span | None, digits: int = 0) -> list[float] | None:
    return None if span is None else [round(one, digits) for one in (span.low, span.value, span.high)]


def test_before_july_2021_only_places_with_extra_recognition_were_paid_at_the_norm():
    found = intensity(HOME, rules(BEFORE), extra=60, staff=None)
    assert (found.heavy, found.light, found.without_norm, found.heavy_share) == (80, 20, 20, 0.8)
    # 20 residents × 24 to 25 euro × 365 days.
    assert shown(found.gap_cost) == [175_200, 178_850, 182_500]
    # 100 × 50 to 61 euro and 60 × 24 to 25 euro, a day.
    assert shown(found.allowance) == [2_350_600, 2_544_050, 2_774_000]
    assert shown(found.day_amount, 1) == [64.4, 69.7, 76.0]


def test_since_july_2021_every_resident_with_heavy_care_counts():
    found = intensity(HOME, rules(SINCE), extra=60, staff=None)
    assert (found.without_norm, shown(found.gap_cost)) == (0, [0, 0, 0])
    # 100 × 55 to 70 euro and 80 × 24 to 30 euro, a day.
    assert shown(found.allowance) == [2_708_300, 2_984_240, 3_431_000]
    # Money does not hang on the places that are recognised any more.
    assert intensity(HOME, rules(SINCE), extra=None, staff=None).without_norm == 0


def test_normed_staff_against_real_staff():
    found = intensity(HOME, rules(SINCE), extra=60, staff=38.0)
    # 20 light × 0.2; 50 heavy × 0.433; 30 Cd × 0.45, each with its range.
    assert shown(found.norm_staff, 2) == [33.1, 39.15, 43.4]
    assert shown(found.staff_short, 2) == [-4.9, 1.15, 5.4]


@pytest.mark.parametrize(("extra", "staff"), [(None, 38.0), (60, None)])
def test_unknown_is_unknown(extra, staff):
    found = intensity(HOME, rules(BEFORE), extra=extra, staff=staff)
    money = (found.without_norm, found.gap_cost, found.allowance, found.day_amount)
    assert (money == (None,) * 4, found.staff_short is None) == (extra is None, staff is None)
    assert (found.unknown_places, found.unknown_staff) == (int(extra is None), int(staff is None))


def test_before_money_followed_anything_no_amount_is_known():
    found = intensity(HOME, rules(date(2003, 12, 31)), extra=60, staff=1.0)
    assert (found.allowance, found.gap_cost, found.norm_staff) == (None, None, None)


def test_homes_together_are_their_sum_and_the_gap_of_one_is_not_filled_by_another():
    full = intensity(Residents({"c": 10}), rules(BEFORE), extra=30, staff=5.0)
    short = intensity(Residents({"c": 30, "o": 5}, unknown=1), rules(BEFORE), extra=10, staff=None)
    dark = intensity(Residents({"b": 7}), rules(BEFORE), extra=None, staff=2.0)
    found = together([full, short, dark])
    assert (found.homes, found.heavy, found.without_norm, found.residents.total) == (3, 47, 20, 53)
    assert (found.staff, found.unknown_staff, found.unknown_places, found.paid) == (7.0, 1, 1, 45)
    assert shown(found.gap_cost) == shown(short.gap_cost)
    assert shown(found.staff_short, 2) == shown(full.staff_short + dark.staff_short, 2)
    nobody = together([])
    assert (nobody.homes, nobody.residents.total, nobody.heavy_share, nobody.day_amount) == (0, 0, None, None)


def test_a_programme_that_is_not_there_is_named():
    with pytest.raises(Fault, match="has no programme “ship”"):
        rules_on("ship", SINCE)
