"""Many processes write the log at once, and some are killed: one chain, nothing lost that was told to be written."""

import time

import pytest

from tests.log import acts
from tests.robust.processes import at_once, beside
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_processes_write_one_chain():
    outcome = at_once(*((acts.write, f"clerk {number}", 20) for number in range(8)))
    assert outcome == ["done"] * 8
    report = verify()
    assert (report.entries, report.broken) == (8 * 24, None)
    assert report.heads == 8 * 8
    ids = list(LogEntry.objects.order_by("id").values_list("id", flat=True))
    assert ids == list(range(ids[0], ids[0] + len(ids)))


def test_a_process_that_is_killed_leaves_a_whole_chain():
    for _ in range(3):
        before = LogEntry.objects.count()
        with beside(acts.write_for_ever, "clerk") as process:
            while LogEntry.objects.count() < before + 20 and process.is_alive():
                time.sleep(0.01)
        assert LogEntry.objects.count() >= before + 20
        assert verify().broken is None
