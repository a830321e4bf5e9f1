"""Registering by file and by command: all of it or nothing, every fault at its line."""

import json

import pytest
from click.testing import CliRunner

from tests.factories import make_actor, make_own_actor
from tests.lists.factories import TESTS, make_asking, make_entry, make_home, make_waiting, officer_of
from veerkracht.cli.lists import command
from veerkracht.register.errors import Refused
from veerkracht.register.lists.actions import find_doubles, import_entries
from veerkracht.register.lists.models import Double, Entry
from veerkracht.register.lists.queries import of_home

pytestmark = pytest.mark.django_db
HEAD = "request,organisation,home,when_ready,registered_on,from_place,lived_here\n"


def row(request, home, rest: str = "now,2023-05-01,hospital,yes") -> str:
    return f"{request.number},{home.organisation.name},{home.name},{rest}\n"


def load(text: str, by=TESTS, **how):
    return import_entries(text.encode(), "entries.csv", by=by, **how)


def test_a_file_registers_all_its_rows_once():
    homes, request = [make_home(), make_home()], make_asking()
    text = HEAD + row(request, homes[0]) + row(request, homes[1], "later,2023-06-01,,")
    assert load(text, dry_run=True).added == 0
    assert Entry.objects.count() == 0
    assert (load(text).added, load(text).already) == (2, 2)
    first, second = Entry.objects.order_by("pk")
    assert (first.list_date.isoformat(), first.facts, first.from_place) == (
        "2023-05-01",
        {"lived_here": True},
        "hospital",
    )
    assert (second.when_ready, second.preference) == ("later", 2)


def test_every_fault_has_its_line_and_nothing_is_written():
    home, request = make_home(), make_asking()
    text = (
        HEAD
        + row(request, home)
        + row(request, home)
        + f"V-9999999,{home.organisation.name},Nowhere,now,2023-05-01,,\n"
        + row(request, make_home(), "soon,2023-05-01,,")
        + row(request, make_home(), "now,2030-05-01,,")
        + row(request, make_home(), "now,yesterday,,perhaps")
        + row(request, make_home(), "now,2023-05-01,the moon,")
    )
    report = load(text)
    assert [(one.line, one.field) for one in report.faults] == [
        (3, "home"), (4, "home"), (4, "request"), (5, "when_ready"), (6, "registered_on"), (7, "lived_here"),
        (7, "registered_on"), (8, "from_place"),
    ]  # fmt: skip
    assert Entry.objects.count() == 0


def test_a_file_reaches_nobody_whom_one_may_not_register():
    home, request = make_home(), make_asking()
    worker = make_actor("case-worker")
    text = HEAD + row(request, home)
    there, missing = load(text, by=worker), load(text.replace(request.number, "V-9999999"), by=worker)
    assert [(one.field, one.message.en) for one in there.faults] == [
        ("request", "There is no such request of yours.")
    ]
    assert [one.message for one in there.faults] == [one.message for one in missing.faults]
    for somebody in (officer_of(home), make_own_actor(request.person), make_actor("reader")):
        with pytest.raises(Refused):
            load(text, by=somebody)


def test_a_home_sees_its_own_list_and_no_other():
    home, other = make_home(), make_home()
    one = make_waiting(home, need=4)
    later = make_waiting(home, when_ready="later")
    kept = make_waiting(home)
    admission = officer_of(home)
    type(kept.request.person).objects.filter(pk=kept.request.person_id).update(restricted=True)
    found = of_home(admission, home.pk)
    assert [(line.request, line.place) for line in found.lines] == [
        (one.request.number, 1), (later.request.number, None)
    ]  # fmt: skip
    for somebody in (officer_of(other), make_actor("officer"), make_own_actor(one.request.person)):
        with pytest.raises(Refused):
            of_home(somebody, home.pk)
    with pytest.raises(Refused):
        of_home(admission, 999_999)


def run(*words: str):
    result = CliRunner().invoke(command, list(words), catch_exceptions=False, standalone_mode=False)
    return json.loads(result.stdout) if "--json" in words else result


def test_the_command_registers_tells_and_decides():
    home, request = make_home(), make_asking()
    officer = make_actor("officer")
    run("register", request.number, str(home.pk), "--from-place", "home", "--as", officer.user.username)
    (told,) = run("where", request.number, "--json")
    assert (told["home"], told["place"], told["state"]) == (home.name, None, "waiting")
    assert [one["rules"] for one in run("homes", "--json")] == [
        "example-by-date", "example-heavy-care", "example-points"
    ]  # fmt: skip
    (line,) = run("show", str(home.pk), "--json")
    assert line["request"] == request.number
    assert run("daily", "--json") == [
        {"asked": 0, "unanswered": 0, "restored": 0, "settled": 0, "lapsed": 0, "joined": 0}
    ]
    make_entry(home, make_asking())
    assert find_doubles(by=TESTS) == 1
    (pair,) = run("doubles", "--as", officer.user.username, "--json")
    run("decide", str(pair["pair"]), "--different", "--why", "Cousins.", "--as", officer.user.username)
    assert Double.objects.get().state == "different"
