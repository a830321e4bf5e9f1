"""The invented histories obey the rules that hold for real ones."""

from datetime import date, timedelta

import polars as pl
import pytest

from tests.factories import PROGRAMME
from veerkracht.register.care.models import LIVE_STATES, Budget, Request, Round, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries import as_of
from veerkracht.register.people.models import Person, User
from veerkracht.register.world import names
from veerkracht.rulebook.priority import priority_date
from veerkracht.rulebook.schemes import scheme_for

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY, JUDGMENT, DEMO_DAY = date(2023, 12, 31), date(2024, 1, 8), date(2024, 1, 15)
_FACTS = (
    "request_id",
    "kind",
    "holds_from",
    "recorded_at",
    "state",
    "priority_group",
    "priority_date",
    "request_date",
    "converted",
    "register_date",
    "round_id",
)


@pytest.fixture(scope="module")
def steps(world, django_db_blocker) -> pl.DataFrame:
    """All steps in the order in which they hold."""
    budgets = Step.objects.filter(request__programme="personal-budget")
    in_order = budgets.order_by("request_id", "holds_from", "recorded_at", "id")
    with django_db_blocker.unblock():
        rows = list(in_order.values_list(*_FACTS))
    return pl.DataFrame(rows, schema=list(_FACTS), orient="row", infer_schema_length=None)


def of_kind(steps: pl.DataFrame, *kinds: str) -> pl.DataFrame:
    return steps.filter(pl.col("kind").is_in(kinds))


def test_every_request_begins_with_being_asked_or_taken_over(steps):
    first = steps.group_by("request_id", maintain_order=True).first()
    assert set(first["kind"]) == {"asked", "taken-over"}
    assert first.height == Request.objects.filter(programme="personal-budget").count()


def test_nothing_happens_before_birth_nor_after_death(steps):
    people = pl.DataFrame(
        list(Request.objects.values_list("id", "person__birth_date", "person__died_on")),
        {"request_id": pl.Int64, "born": pl.Date, "died": pl.Date},
        orient="row",
    )
    both = steps.join(people, on="request_id")
    assert both.filter(pl.col("holds_from") < pl.col("born")).height == 0
    assert both.filter(pl.col("register_date") < pl.col("born")).height == 0
    assert both.filter(pl.col("holds_from") > pl.col("died")).height == 0


@pytest.mark.parametrize(
    ("effect", "causes"),
    [
        ("assessed", ("asked",)),
        ("prioritised", ("assessed",)),
        ("routed", ("assessed",)),
        ("revised", ("prioritised", "taken-over")),
        ("granted", ("prioritised", "routed", "taken-over")),
        ("granted-partially", ("prioritised", "taken-over")),
        ("started", ("granted", "granted-partially")),
        ("declined", ("granted", "granted-partially")),
        ("lapsed", ("granted",)),
        ("restored", ("converted",)),
        ("ended", ("started",)),
        ("withdrawn", ("prioritised", "taken-over")),
        ("died", ("prioritised", "taken-over")),
    ],
)
def test_no_step_comes_before_its_cause(steps, effect, causes):
    effects = of_kind(steps, effect)
    first = of_kind(steps, *causes).group_by("request_id").agg(pl.col("holds_from").min().alias("cause"))
    both = effects.join(first, on="request_id", how="left")
    assert effects.height > 0
    assert both.filter(pl.col("cause").is_null() | (pl.col("cause") > pl.col("holds_from"))).height == 0


def test_nothing_follows_the_end_of_a_request_but_its_budget(steps):
    closed = of_kind(steps, "withdrawn", "died", "refused", "lapsed").select("request_id", end="holds_from")
    after = steps.join(closed, on="request_id").filter(pl.col("holds_from") > pl.col("end"))
    assert set(after["kind"]) <= {"changed", "ended"}


def test_priority_dates_follow_the_rule_of_the_programme(steps):
    placed = of_kind(steps, "prioritised", "taken-over", "revised").with_columns(
        pl.col("request_date", "converted", "register_date").forward_fill().over("request_id")
    )
    asked = steps.group_by("request_id").agg(
        pl.col("request_date", "converted", "register_date").drop_nulls().first()
    )
    before = pl.col("priority_group").shift().over("request_id").fill_null(0)
    table = (
        placed.drop("request_date", "converted", "register_date")
        .join(asked, on="request_id")
        .with_columns(
            id="request_id",
            group_before=before,
            group_after="priority_group",
            priority_date_before=pl.col("priority_date").shift().over("request_id"),
            revision_date="holds_from",
            converted=pl.col("converted").fill_null(value=False),
        )
    )
    found = priority_date(table, programme_of(PROGRAMME), DAY)
    assert table.height > 27_000
    assert (found == table["priority_date"]).all()
    moved = table.filter(pl.col("kind") == "revised")
    assert (moved["priority_date"] == moved["holds_from"]).all()
    assert (moved["group_after"] != moved["group_before"]).all()


@pytest.mark.parametrize(("on", "known"), [(DAY, DAY), (DEMO_DAY, DEMO_DAY)])
def test_each_waiting_request_has_the_scheme_of_its_request_date(world, on, known):
    rules = programme_of(PROGRAMME)
    table = as_of.snapshot(PROGRAMME, on, known).filter(
        (pl.col("state") == "waiting") & (pl.col("priority_group") > 0)
    )
    expected = {
        asked: scheme_for(rules, asked, on, known).id for asked in table["request_date"].unique().to_list()
    }
    assert (table["request_date"].replace_strict(expected) == table["scheme"]).all()


def test_what_was_known_at_the_end_of_2023_differs_from_what_is_known_today(world):
    then = as_of.snapshot(PROGRAMME, DAY, DAY).filter(pl.col("state") == "waiting")
    now = as_of.snapshot(PROGRAMME, DAY).filter(pl.col("state") == "waiting")
    both = then.join(now, on="id", suffix="_now")
    assert both.height == then.height == now.height
    assert (both["priority_group"] == both["priority_group_now"]).all()
    assert both.filter(pl.col("priority_date").ne_missing(pl.col("priority_date_now"))).height == 0
    changed = both.filter(pl.col("scheme") != pl.col("scheme_now"))
    assert set(changed["scheme"]) == {"twenty-four"}
    assert set(changed["scheme_now"]) == {"twelve"}
    assert changed.height == Step.objects.filter(kind="restored").count() > 11_000
    assert changed.filter(pl.col("points") != pl.col("points_now")).height > 11_000


def test_after_the_date_of_the_world_only_the_judgment_is_recorded(steps):
    late = steps.filter(pl.col("recorded_at").dt.date() > DAY)
    assert set(late["kind"]) == {"restored"}
    assert set(late["recorded_at"].dt.date()) == {JUDGMENT}
    assert set(late["holds_from"]) == {date(2021, 3, 5)}


def test_partial_budgets_went_to_the_longest_waiting_who_wait_on_with_the_same_date(world):
    partly = Request.objects.filter(partial=True, state="waiting")
    assert 850 < partly.count() < 1_050
    in_group = partly.filter(priority_group=2)
    assert in_group.count() > 850
    assert in_group.filter(priority_date__gt=date(2018, 1, 17)).count() == 0
    assert in_group.filter(points_held=0).count() == 0
    assert Budget.objects.filter(kind="partial", ended_on=None).count() >= partly.count() - 5


def test_temporary_budgets_are_there_that_end_soon(world):
    soon = Budget.objects.filter(
        kind="temporary", ended_on=None, until_date__lte=DEMO_DAY + timedelta(days=60)
    )
    assert soon.count() > 20
    assert soon.filter(until_date__lt=DEMO_DAY - timedelta(days=30)).count() == 0


def test_some_wait_for_a_decision_some_on_a_route_and_some_together(world):
    assert Request.objects.filter(programme="personal-budget", state="asked").count() == 450
    assert Request.objects.filter(state="waiting", priority_group=0).exclude(route="").count() == 120
    couples = Request.objects.filter(programme="personal-budget", live=True).exclude(bundle=None)
    sizes = [
        couples.filter(bundle=bundle).count() for bundle in set(couples.values_list("bundle", flat=True))
    ]
    assert len(sizes) == 40
    assert set(sizes) == {2}


def test_past_rounds_are_signed_by_another_than_who_prepared_them(world):
    rounds = Round.objects.order_by("date")
    assert rounds.count() == 21
    assert rounds.filter(date__year=2023).count() == 4
    assert {one.state for one in rounds} == {"signed"}
    assert all(one.signed_by_id != one.prepared_by_id for one in rounds)
    for one in rounds.filter(date__year__gte=2022):
        granted = one.lines.filter(granted=True)
        assert one.summary["granted"] == granted.count()
        assert one.summary["spent_cents"] == sum(granted.values_list("cost_cents", flat=True))
        assert one.money_cents >= one.summary["spent_cents"]


def test_in_a_past_round_nobody_in_a_group_is_before_who_was_served_earlier(world):
    for one in Round.objects.filter(date__year=2023):
        lines = one.lines.filter(pot="group-1").order_by("position").values_list("granted", flat=True)
        assert list(lines) == sorted(lines, reverse=True)


def test_everybody_is_invented_and_looks_it(world):
    assert Person.objects.filter(fictitious=False).count() == 0
    assert set(Person.objects.values_list("given_name", flat=True).distinct()) <= set(names.GIVEN)
    assert set(Person.objects.values_list("family_name", flat=True).distinct()) <= set(names.FAMILY)
    assert User.objects.count() == 21


def test_numbers_follow_the_day_on_which_a_request_came_in(steps):
    first = steps.group_by("request_id", maintain_order=True).first().sort("request_id")
    assert first["holds_from"].is_sorted()


def test_open_requests_are_of_people_who_are_alive_and_grown_up(world):
    live = Request.objects.filter(state__in=LIVE_STATES)
    assert live.filter(person__died_on__isnull=False).count() == 0
    assert live.filter(person__birth_date__gt=date(2005, 12, 31)).count() == 0
