"""`round`, `why` and `verify` as somebody types them."""

import json

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from tests.factories import make_credit, make_queue, make_request, make_user
from tests.typing_commands import typing
from veerkracht.cli import group
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Round
from veerkracht.register.log.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys, demo_day):
    with translation.override("en"):
        yield typing(capsys)


@pytest.fixture
def office(demo_day) -> None:
    make_user("officer", username="otto", name="Otto Officer")
    make_user("signer", username="sarah", name="Sarah Signer")
    make_credit(1_000_000)
    make_queue(3)


def test_a_round_from_proposal_to_grants(run, office):
    code, out, err = run("round", "prepare", "--money", "120_000", "--as", "otto")
    number = str(Round.objects.get().pk)
    assert (code, out.splitlines()[0]) == (0, f"Round {number} of 15-01-2024, personal-budget: prepared")
    assert "108,853.54 euro a year for 2 requests; 11,146.46 euro is left." in out.splitlines()
    assert (
        err.splitlines()[-1]
        == f"Round {number} is prepared. Next: veerkracht round review {number} --as USER"
    )
    assert run("round", "review", number, "--as", "otto")[0] == 0
    assert run("round", "sign", number, "--as", "otto")[2].splitlines()[-1] == (
        "Error: Otto Officer does not have the role “signer”."
    )
    code, _, err = run("round", "sign", number, "--as", "sarah")
    assert (code, err.splitlines()[-1]) == (0, f"Round {number} is signed: 2 requests are granted.")
    assert Request.objects.filter(state="granted").count() == 2


def test_a_dry_run_keeps_nothing(run, office):
    code, out, _ = run("round", "prepare", "--money", "120000.00", "--as", "otto", "--dry-run", "--json")
    shown = json.loads(out)
    assert (code, shown["granted"], shown["spent_cents"], Round.objects.count()) == (0, 2, 10_885_354, 0)


def test_rounds_as_json(run, office):
    run("round", "prepare", "--money", "120000", "--as", "otto")
    (listed,) = json.loads(run("round", "list", "--json")[1])
    shown = json.loads(run("round", "show", str(listed["round"]), "--json")[1])
    assert (listed["state"], listed["granted"], listed["prepared_by"]) == ("prepared", 2, "Otto Officer")
    assert [(line["request"], line["granted"]) for line in shown["lines"]] == [
        ("V-0000001", True),
        ("V-0000002", True),
        ("V-0000003", False),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--money", "0"], "Error: A round hands out more than zero euro; asked: 0.00 euro."),
        (["--money", "-100"], "Error: A round hands out more than zero euro; asked: -100.00 euro."),
        (
            ["--money", "2000000"],
            "Error: Of the voted money 1,000,000.00 euro is free; asked: 2,000,000.00 euro.",
        ),
        (
            ["--money", "1000", "--date", "31-03-2016"],
            "Error: Personal budget began on 01-04-2016: there can be no round on 31-03-2016.",
        ),
        (
            ["--money", "1000", "--programme", "nothing"],
            "Error: There is no programme “nothing”. There are: personal-budget, residential-care, youth-help.",
        ),
    ],
)
def test_what_cannot_be_prepared_is_one_clear_line(run, office, words, said):
    code, out, err = run("round", "prepare", "--as", "otto", *words)
    assert (code, out, err.splitlines()[-1], Round.objects.count()) == (1, "", said, 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--money", "a lot"], "“a lot” is not an amount in euro: write 20000000, 20_000_000 or 1250.50."),
        (["--money", "1", "--date", "soon"], "“soon” is not a date: write 2024-04-01 or 01-04-2024."),
        (["--money", "1", "--envelope", "5"], "“5” is not GROUP=EURO, such as group-1=12000000."),
    ],
)
def test_what_is_not_understood_is_said(run, office, words, said):
    code, _, err = run("round", "prepare", "--as", "otto", *words)
    assert code == 2
    assert " ".join(err.split()).endswith(said)


def test_only_somebody_named_prepares(run, office):
    code, _, err = run("round", "prepare", "--money", "1000")
    assert (code, err.splitlines()[-1]) == (2, "Error: say who you are: --as USER (or set VEERKRACHT_USER).")
    assert run("round", "prepare", "--money", "1000", "--as", "nobody")[2].splitlines()[-1] == (
        "Error: There is no user “nobody”."
    )


def test_signing_a_changed_list_says_what_changed(run, office):
    run("round", "prepare", "--money", "120000", "--as", "otto")
    number = str(Round.objects.get().pk)
    run("round", "review", number, "--as", "otto")
    gone = Request.objects.order_by("pk").first()
    from tests.factories import make_actor

    actions.withdraw(gone, by=make_actor("officer"), on=gone.request_date)
    code, _, err = run("round", "sign", number, "--as", "sarah")
    assert (code, err.splitlines()[-2:]) == (
        1,
        [
            f"  {gone.number} went (group-1, place 1; now “withdrawn”)",
            "Error: The list has changed since this round was prepared. Prepare it again.",
        ],
    )


def test_a_round_that_does_not_exist_is_refused(run, office):
    assert run("round", "show", "99")[::2] == (
        1,
        "Error: This does not exist, or you may not see or do it.\n",
    )


@pytest.mark.parametrize(
    ("language", "title", "place"),
    [
        ("en", "V-0000002, Personal budget (15-01-2024)", "Place 2 of 3 in Priority group 1."),
        ("nl", "V-0000002, Persoonsvolgend budget (15-01-2024)", "Plaats 2 van 3 in Prioriteitengroep 1."),
    ],
)
def test_why_somebody_stands_where_they_stand(run, office, language, title, place):
    code, out, _ = run("why", "V-0000002", "--language", language)
    assert (code, out.splitlines()[0]) == (0, title)
    assert place in out.splitlines()


def test_the_rounds_of_no_programme_are_a_fault(run, office):
    assert run("round", "list", "--programme", "nope")[::2] == (
        1,
        "Error: Flanders has no programme “nope”; it has: personal-budget, residential-care, youth-help.\n",
    )


def test_why_is_logged_under_the_name_of_who_asks(run, office):
    make_user("reader", username="rita", name="Rita Reader")
    run("why", "V-0000001", "--as", "rita")
    entry = LogEntry.objects.get(verb="read")
    assert (entry.user_name, entry.object_id, entry.purpose) == ("Rita Reader", "V-0000001", "veerkracht why")


def test_why_as_json_holds_both_languages(run, office):
    make_request(complete=False)
    shown = json.loads(run("why", "V-0000004", "--json")[1])
    unmet = [one for one in shown["conditions"] if one["status"] != "met"]
    assert (shown["eligible"], [one["id"] for one in unmet]) == (False, ["complete"])
    assert sorted(unmet[0]["text"]) == ["en", "nl"]


def test_why_may_not_be_asked_by_everyone(run, office):
    make_user("analyst", username="anna")
    assert run("why", "V-0000001", "--as", "anna")[0] == 1
    assert run("why", "V-9999999", "--as", "anna")[2] == run("why", "V-0000001", "--as", "anna")[2]


def test_verify_says_what_is_broken_and_fails(run, office):
    code, out, _ = run("verify")
    assert (code, out.splitlines()[-1].endswith("none broken.")) == (0, True)
    Request.objects.filter(number="V-0000001").update(priority_group=3)
    code, out, _ = run("verify", "--json")
    assert (code, [one["name"] for one in json.loads(out)["broken"]]) == (
        1,
        ["request_is_the_fold_of_its_steps"],
    )


def test_help_of_each_has_an_example() -> None:
    for words in (["round", "prepare"], ["round", "sign"], ["why"], ["verify"]):
        shown: Result = CliRunner().invoke(group, [*words, "--help"])
        assert (shown.exit_code, "Example" in shown.output) == (0, True)
