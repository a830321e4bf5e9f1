"""Two people at once, and a process that is killed: one wins, all or nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections

from tests.factories import make_actor, make_credit, make_queue, make_round
from tests.register.conftest import TODAY
from veerkracht.register import clock, verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Round, Step
from veerkracht.register.errors import RegisterFault
from veerkracht.register.money.queries import balances

pytestmark = pytest.mark.django_db(transaction=True)

COST = 5_442_677


@pytest.fixture
def reviewed() -> Round:
    clock.stand_still_on(TODAY)
    make_credit(1_000_000)
    make_queue(3)
    return make_round(120_000, state="reviewed")


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run them at the same moment, each on a connection of its own; what each came to: "done" or its fault."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait()
            act()
        except RegisterFault as fault:
            return type(fault).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_two_signers_at_once_one_wins(reviewed):
    signers = [make_actor("signer") for _ in range(2)]
    outcome = at_once(*(lambda by=by: actions.sign_round(reviewed, by=by) for by in signers))
    assert outcome == ["Invalid", "done"]
    assert Step.objects.filter(kind="granted").count() == 2
    assert (balances("personal-budget")["granted"], verify.run()) == (2 * COST, [])


def test_of_two_who_prepare_at_once_one_wins():
    clock.stand_still_on(TODAY)
    make_credit(1_000_000)
    make_queue(2)
    officers = [make_actor("officer") for _ in range(4)]
    outcome = at_once(*(lambda by=by: make_round(60_000, officer=by) for by in officers))
    assert outcome == ["Conflict", "Conflict", "Conflict", "done"]
    assert Round.objects.count() == 1


def test_of_two_who_change_one_request_at_once_the_second_is_told(reviewed):
    request = Request.objects.order_by("pk").first()
    officers = [make_actor("officer") for _ in range(2)]
    outcome = at_once(
        *(
            lambda by=by: actions.withdraw(request, by=by, on=TODAY, version=request.version)
            for by in officers
        )
    )
    assert outcome == ["Conflict", "done"]
    assert Step.objects.filter(kind="withdrawn").count() == 1


def test_signing_while_the_list_changes_is_either_before_or_after(reviewed):
    request = Request.objects.order_by("pk").first()
    signer, officer = make_actor("signer"), make_actor("officer")
    outcome = at_once(
        lambda: actions.sign_round(reviewed, by=signer),
        lambda: actions.withdraw(request, by=officer, on=TODAY),
    )
    request.refresh_from_db()
    # Either the round was first, and what is granted can't be withdrawn; or the list had changed.
    assert (outcome, request.state) in ((["Invalid", "done"], "granted"), (["Conflict", "done"], "withdrawn"))
    assert verify.run() == []


HALF_WAY = textwrap.dedent(
    """
    import sys, time
    import django
    from django.conf import settings

    round_id, signer, register, log = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = register
    settings.DATABASES["log"]["NAME"] = log
    django.setup()

    from django.db import connection
    from veerkracht.register.care import actions
    from veerkracht.register.care.models import Round
    from veerkracht.register.people.actors import actor_named

    def stop_half_way(execute, sql, params, many, context):
        if "money_posting" in sql and sql.startswith("INSERT"):
            print("half way", flush=True)
            time.sleep(300)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(stop_half_way):
        actions.sign_round(Round.objects.get(pk=round_id), by=actor_named(signer, "signer"))
    """
)


def test_a_process_killed_while_handing_out_leaves_nothing_half_written(reviewed):
    signer = make_actor("signer")
    names = [str(connections[alias].settings_dict["NAME"]) for alias in ("default", "log")]
    words = [sys.executable, "-c", HALF_WAY, str(reviewed.pk), signer.user.username, *names]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout.readline() == "half way\n"
        # Steps and requests are written by now, the money is not.
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert list(Request.objects.values_list("state", flat=True).distinct()) == ["waiting"]
    assert (Step.objects.filter(kind="granted").count(), balances("personal-budget")["granted"]) == (0, 0)
    assert (Round.objects.get().state, verify.run()) == ("reviewed", [])
    # The very same round can be signed now, and then all of it is there.
    actions.sign_round(reviewed, by=signer)
    assert (Request.objects.filter(state="granted").count(), verify.run()) == (2, [])
