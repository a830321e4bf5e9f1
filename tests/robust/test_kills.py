"""kill -9 at a random moment: whole or not there, nothing lost or doubled, and it can be done again."""

import random

import pytest

from tests.robust.killing import kill_at_random, works
from tests.robust.pairs import Pairs

pytestmark = pytest.mark.django_db(transaction=True)

# A few here, a hundred in `benchmarks/faults.py`.
KILLS = 4


@pytest.mark.parametrize("name", ["rounds", "imports", "holds"])
def test_a_process_killed_at_a_random_moment_leaves_nothing_half_done(day, requests_file, tmp_path, name):
    work = works(requests_file, Pairs(tmp_path))[name]()
    tally = kill_at_random(work, KILLS, random.Random(2024))
    assert tally.killed + tally.done >= KILLS
    assert tally.killed > 0
