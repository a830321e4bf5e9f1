"""Who may be one person without a number in common; no database."""

from dataclasses import replace
from datetime import date

import pytest

from veerkracht.register.lists.likeness import Pair, Somebody, compared, pairs

ANNA = Somebody(1, "Anna Maria", "Van den Broeck", date(1939, 5, 17), "11002")


@pytest.mark.parametrize(
    ("change", "grounds"),
    [
        ({"family": "VANDENBROECK"}, ("birth-date", "name", "area")),
        ({"given": "Anná-Maria", "area": "71016"}, ("birth-date", "name")),
        ({"given": "Maria Anna"}, ("birth-date", "name", "area")),
        ({"given": "Van den Broeck", "family": "Anna Maria"}, ("birth-date", "name-turned-round", "area")),
        ({"family": "Peeters"}, ("birth-date", "given-name", "area")),
        ({"born": date(1938, 5, 17)}, ("birth-date-mistyped", "name", "area")),
    ],
)
def test_who_may_be_one_is_said_with_its_grounds(change, grounds):
    other = replace(ANNA, id=2, **change)
    assert compared(ANNA, other).grounds == grounds
    assert pairs([other, ANNA]) == [compared(ANNA, other)]


@pytest.mark.parametrize(
    "change",
    [
        {"given": "Jozef"},
        {"family": "Peeters", "area": "71016"},
        {"born": date(1938, 5, 17), "area": "71016"},
        {"born": date(1938, 6, 17)},
        {"born": date(1938, 5, 17), "family": "Van Boeckel"},
        {"given": "Xu", "family": "Yi"},
    ],
)
def test_who_is_too_different_is_two(change):
    assert pairs([ANNA, replace(ANNA, id=2, **change)]) == []


def test_two_numbers_are_two_people_and_one_number_says_nothing():
    one, other = replace(ANNA, number_key="a"), replace(ANNA, id=2, number_key="b")
    assert pairs([one, other]) == []
    assert pairs([one, replace(other, number_key="")]) == [Pair(1, 2, ("birth-date", "name", "area"), 100)]


def test_day_and_month_turned_round_is_a_slip():
    turned = replace(ANNA, born=date(1939, 5, 7)), replace(ANNA, id=2, born=date(1939, 7, 5))
    assert pairs(turned) == [Pair(1, 2, ("birth-date-mistyped", "name", "area"), 100)]
