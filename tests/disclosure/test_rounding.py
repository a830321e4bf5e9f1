"""Rounding by cell keys: the same people give the same number, and two neighbouring counts tell nothing of one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disclosure.test_suppress import NESTED, TABLES, full, leaves_of
from veerkracht.register import disclosure
from veerkracht.register.disclosure import Cells, Seen, bounds

BASE = 5
SECRET = b"a secret of the tests"


def shown(persons: list[int], name: str = "waiting", secret: bytes = SECRET) -> int:
    key = disclosure.record_keys(persons, secret).sum(keepdims=True)
    return int(disclosure.rounded(Cells([name], np.array([len(persons)]), key), BASE, secret)[0])


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=40), st.randoms())
def test_the_same_people_give_the_same_number_in_any_sequence(persons, luck):
    again = luck.sample(persons, len(persons))
    assert shown(again) == shown(persons)


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=40))
def test_what_is_shown_is_a_multiple_less_than_the_base_away(persons):
    number = shown(persons)
    assert (number % BASE, abs(number - len(persons)) < BASE) == (0, True)


@pytest.mark.parametrize("size", [0, 5, 40])
def test_a_multiple_stays_as_it_is(size):
    assert {shown(list(range(first, first + size))) for first in range(1, 50)} == {size}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
def test_it_is_right_on_average(size):
    found = [shown(list(range(first, first + size))) for first in range(1, 4001)]
    assert np.mean(found) == pytest.approx(size, abs=0.2)


def test_another_secret_gives_other_draws():
    persons = [list(range(first, first + 3)) for first in range(1, 200)]
    assert [shown(one) for one in persons] != [shown(one, secret=b"another secret") for one in persons]


def test_another_name_gives_other_draws():
    persons = [list(range(first, first + 3)) for first in range(1, 200)]
    assert [shown(one, "with") for one in persons] != [shown(one, "without") for one in persons]


def guesses(count, trials: int = 4000) -> float:
    """How often somebody guesses right whether one more person is in a group, from the counts of the group with and
    without whoever that may be. They guess as well as can be: by what is likelier, as known from all other groups.
    """
    luck = np.random.default_rng(1)
    seen: dict[int, list[int]] = {}
    for trial in range(trials):
        size, more = int(luck.integers(0, 40)), int(luck.integers(0, 2))
        group = list(range(1000 * trial + 1, 1000 * trial + 1 + size))
        difference = count(group + [10**8 + trial] * more, "with") - count(group, "without")
        seen.setdefault(difference, [0, 0])[more] += 1
    return sum(max(answers) for answers in seen.values()) / trials


def test_the_difference_of_neighbouring_counts_says_little():
    assert guesses(shown) < 0.6


def test_exact_counts_fail_the_same_attack():
    assert guesses(lambda persons, _: len(persons)) == 1


def test_rounding_without_keys_fails_it_too():
    """Rounded to the nearest, whoever changes the group at a boundary is seen with certainty."""
    nearest = [(size + 2) // 5 * 5 for size in range(41)]
    changes = [nearest[size + 1] - nearest[size] for size in range(40)]
    assert sorted(set(changes)) == [0, BASE]


COUNTS = st.one_of(st.integers(0, 9), st.sampled_from([0, 1, 4, 9, 40]))


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=40)
@given(data=st.data())
def test_parts_and_totals_together_leave_every_count_as_wide_as_the_base(name, data):
    linked = TABLES[name]
    size = leaves_of(linked)
    counts = full(linked, data.draw(st.lists(COUNTS, min_size=size, max_size=size)))
    up = np.array(data.draw(st.lists(st.booleans(), min_size=linked.size, max_size=linked.size)))
    numbers = disclosure.settled(linked, np.where(up, -(-counts // BASE), counts // BASE) * BASE, BASE)
    leaves = [cell for cell in range(linked.size) if cell not in {one.total for one in linked.sums}]
    found = bounds(linked, Seen.of_rounded(numbers, BASE), leaves)
    assert {cell: span for cell, span in found.items() if span[1] - span[0] < BASE - 1} == {}


def test_totals_that_are_not_settled_fail_the_same_attack():
    counts = full(NESTED, [4, 4, 4, 0, 0])
    numbers = np.array([0, 0, 0, 0, 0, 15, 0, 15])
    assert counts[5] == 12
    found = bounds(NESTED, Seen.of_rounded(numbers, BASE), [0])
    assert found[0] == (3, 4)
