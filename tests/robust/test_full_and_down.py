"""The disk is full, or the database goes down in the middle: nothing is half written, and work goes on after it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import OperationalError, connection, connections

from tests import factories
from tests.robust import acts, tables
from tests.robust.processes import CONTEXT, run_on, start_on
from veerkracht.cli import postgres
from veerkracht.register import verify
from veerkracht.register.backup import databases
from veerkracht.register.care.models import Request
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold, HoldStep

pytestmark = pytest.mark.django_db(transaction=True)

WHO = {"admission": "admission-here", "officer": "officer-here"}
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL is tried on a server of its own"
)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server")


@pytest.fixture
def no_room() -> Iterator[Callable[[str, int], None]]:
    """Lets a database of SQLite have so many pages more than it has, and no more."""

    def limit(alias: str, more: int) -> None:
        with connections[alias].cursor() as cursor:
            # What earlier tests left empty would be used first.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + more}")

    yield limit
    for alias in ("default", "log"):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@on_sqlite
@pytest.mark.parametrize("more", [0, 3, 8])
def test_an_import_that_finds_the_disk_full_leaves_nothing(day, user, requests_file, no_room, more):
    file, officer = str(requests_file(300)), user("officer")
    no_room("default", more)
    with pytest.raises(OperationalError, match="full"):
        acts.bring_in(file, officer)
    assert (Request.objects.count(), verify.run()) == (0, [])
    no_room("default", 10_000)
    acts.bring_in(file, officer)
    assert (Request.objects.count(), verify.run()) == (300, [])


@on_sqlite
def test_what_can_not_be_logged_does_not_happen(unit, no_room):
    admission = factories.make_actor("admission")
    no_room("log", 0)
    with pytest.raises(OperationalError, match="full"):
        acts.hold_and_release(unit.pk, admission.user.username, 500)
    # The last step that could be logged is there; the one that could not is not.
    assert (HoldStep.objects.count() > 0, verify.run()) == (True, [])
    no_room("log", 10_000)
    for one in Hold.objects.filter(state__in=["held", "confirmed"]):
        supply.release_hold(one, by=admission)
    assert supply.hold_place(unit, by=admission, minutes=5).state == "held"


@pytest.fixture
def own_server(request, unit, tmp_path) -> Iterator[tuple[dict, Path]]:
    """A server of PostgreSQL that may go down, with this register in it; and the folder of its socket."""
    files = {alias: tmp_path / f"{alias}.dump" for alias in ("default", "log")}
    for role, name in WHO.items():
        factories.make_user(role, username=name)
    for alias, file in files.items():
        databases.copy(alias, file)
    with postgres.server(lasting=True, largest_mib=getattr(request, "param", None)) as address:
        folder = Path(unquote(address.split("@")[1].split("/")[0]))
        names = {alias: {"HOST": str(folder), "NAME": f"own_{alias}"} for alias in files}
        with tables.on_server("postgres", str(folder)) as server:
            for one in names.values():
                server.execute(f"CREATE DATABASE {one['NAME']}")
        run_on(names, acts.put_back, {alias: str(file) for alias, file in files.items()})
        yield names, folder


@on_postgresql
def test_after_the_server_went_down_and_came_back_the_next_page_works(unit, own_server):
    names, folder = own_server
    here, there = CONTEXT.Pipe()
    process = start_on(names, acts.hold_before_and_after, unit.pk, WHO["admission"], there)
    assert here.recv() == "ready"
    postgres.restart(folder)
    here.send("go on")
    assert here.recv() == "done"
    process.join()
    assert (run_on(names, acts.live_holds), run_on(names, acts.broken)) == (0, [])


@on_postgresql
@pytest.mark.parametrize("own_server", [2], indirect=True)
def test_an_import_on_a_server_with_a_full_disk_leaves_nothing(own_server, requests_file):
    names, folder = own_server
    file = str(requests_file(10_000))
    said = run_on(names, acts.bring_in_on_a_full_disk, file, WHO["officer"])
    assert said == "could not extend file"
    assert (run_on(names, acts.requests), run_on(names, acts.broken)) == (0, [])
    postgres.restart(folder)
    run_on(names, acts.bring_in, file, WHO["officer"])
    assert (run_on(names, acts.requests), run_on(names, acts.broken)) == (10_000, [])
