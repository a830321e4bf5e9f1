"""From the last version to this one: every row survives, also when the upgrade is killed half-way and done again."""

import random
import time

import pytest

from tests.robust import last_version
from tests.robust.killing import Upgrades, kill_at_random
from tests.robust.pairs import pairs
from tests.robust.processes import run_on

pytestmark = pytest.mark.django_db(transaction=True)

# An upgrade takes long: few here, many in `benchmarks/faults.py`.
KILLS = 2


def test_every_row_of_the_last_version_survives_an_upgrade_that_is_killed_and_done_again(day, tmp_path):
    with pairs(tmp_path) as made:
        began = time.monotonic()
        work = Upgrades(made)
        # About as long as the upgrade itself, which has as much to do.
        took = time.monotonic() - began
        tally = kill_at_random(work, KILLS, random.Random(2024), took=took)
        assert tally.killed > 0
        assert run_on(work.names, last_version.applied, "default") > work.before
