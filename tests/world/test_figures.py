"""The world shows the published figures exactly, asked the way pages ask."""

from datetime import date

import polars as pl
import pytest

from tests.factories import PROGRAMME
from veerkracht import region
from veerkracht.register import clock, verify
from veerkracht.register.care.models import Budget, Request
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries import as_of, history
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.care.queries.today import today
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import actor_named

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = date(2023, 12, 31)
GROUPS = (1, 2, 3)


def published(series: str) -> dict[date, float]:
    found = region.current().figures.series(f"{PROGRAMME}.{series}", until=DAY)
    return dict(found.select("date", "value").iter_rows())


@pytest.fixture(scope="module")
def lists(world, django_db_blocker) -> dict[date, pl.DataFrame]:
    """Who waited in a group on each day on which the next in line was published."""
    with django_db_blocker.unblock():
        return {
            on: as_of.snapshot(PROGRAMME, on).filter(
                (pl.col("state") == "waiting") & (pl.col("priority_group") > 0)
            )
            for on in published("next-in-line.group-1")
        }


@pytest.fixture
def officer(world):
    return actor_named("demo-officer")


def test_the_figures_of_the_end_of_2023_are_shown_exactly(world):
    assert (world.waiting, world.persons, world.holders) == (17_678, 17_648, 29_387)
    assert world.groups == {"group-1": 261, "group-2": 7_255, "group-3": 10_162}
    assert (world.date, world.demo_day) == (DAY, date(2024, 1, 15))


def test_today_shows_the_published_groups_and_who_is_next(world, officer):
    glance = today(officer, PROGRAMME)
    assert glance.on == date(2024, 1, 15)
    assert [group.requests for group in glance.groups] == [261, 7_255, 10_162]
    assert [group.next.priority_date for group in glance.groups] == [
        date(2023, 10, 1),
        date(2016, 10, 1),
        date(2002, 1, 16),
    ]
    assert glance.holders == 29_387


@pytest.mark.parametrize("group", GROUPS)
def test_the_list_of_a_published_day_has_the_published_length(lists, group):
    figures = published(f"waiting.group-{group}")
    assert len(lists) == 4
    for on, list_ in lists.items():
        assert list_.filter(pl.col("priority_group") == group).height == figures[on]


@pytest.mark.parametrize("group", GROUPS)
def test_each_published_next_in_line_is_who_is_first(lists, group):
    figures = published(f"next-in-line.group-{group}")
    first = {
        on: list_.filter(pl.col("priority_group") == group)["priority_date"].min()
        for on, list_ in lists.items()
    }
    assert {on: (on - priority_date).days for on, priority_date in first.items()} == figures


def test_persons_and_holders_are_as_published(world):
    now = waiting_table(PROGRAMME).filter(pl.col("priority_group") > 0)
    assert now.height == published("waiting.total")[DAY]
    assert now.get_column("person").n_unique() == published("waiting.persons")[DAY]
    for on, holders in published("holders").items():
        if on >= date(2018, 12, 31):
            open_ = Budget.objects.filter(from_date__lte=on).exclude(ended_on__lt=on)
            assert open_.values("person").distinct().count() == holders, on


def test_a_third_of_those_who_wait_hold_a_budget_already(world):
    holders = set(Budget.objects.filter(ended_on=None).values_list("person_id", flat=True))
    persons = set(waiting_table(PROGRAMME).filter(pl.col("priority_group") > 0).get_column("person"))
    assert len(persons & holders) == round(published("waiting.share-with-budget")[DAY] * len(persons))


def test_the_line_through_time_goes_through_the_published_figures(world, officer):
    line = history.waiting_through_time(officer, PROGRAMME)
    assert line["date"].min() == date(2018, 12, 31)
    shown = {(row["date"], row["group"]): row["requests"] for row in line.iter_rows(named=True)}
    for group in GROUPS:
        figures = published(f"waiting.group-{group}")
        assert len(figures) == 9
        assert {on: shown[on, group] for on in figures} == figures


def test_grants_of_a_year_are_close_to_the_published_ones(world):
    granted = pl.DataFrame(
        list(
            Request.objects.filter(steps__kind="granted", steps__reason="group-1").values_list(
                "id", "steps__holds_from"
            )
        ),
        {"id": pl.Int64, "on": pl.Date},
        orient="row",
    )
    by_year = dict(granted.group_by(pl.col("on").dt.year()).len().iter_rows())
    figures = {on.year: number for on, number in published("granted.group-1").items()}
    for year in (2019, 2020, 2021, 2022):
        assert by_year[year] == pytest.approx(figures[year], rel=0.01)


def test_holders_are_spread_over_the_categories_as_published(world):
    oldest = Budget.objects.filter(request=None, scheme="twelve")
    total = oldest.count()
    for category in ("i", "vi", "x", "xii"):
        share = oldest.filter(category=category.upper()).count() / total
        assert share == pytest.approx(published(f"holders.category-{category}")[date(2020, 12, 31)], abs=0.01)


def test_municipalities_have_about_as_many_as_they_have_inhabitants(world, officer):
    glance = today(officer, PROGRAMME)
    antwerp = next(area for area in glance.areas if area.name == "Antwerpen")
    share = antwerp.inhabitants / sum(area.inhabitants for area in glance.areas)
    assert antwerp.requests / glance.requests == pytest.approx(share, rel=0.5)
    assert sum(area.requests > 0 for area in glance.areas) > 280


def test_there_is_money_to_hand_out_and_the_books_balance(world):
    money = balances(PROGRAMME)
    assert money["free"] >= 25_000_000_00
    assert money["voted"] == money["free"] + money["granted"] + money["running"]


def test_every_invariant_holds(world):
    assert verify.run() == []


def test_every_municipality_and_category_exists(world):
    areas = set(region.current().areas.get_column("code"))
    assert set(Request.objects.values_list("area", flat=True).distinct()) <= areas
    schemes = {scheme.id: set(scheme.points) for scheme in programme_of(PROGRAMME).schemes}
    for scheme, category in Request.objects.exclude(scheme="").values_list("scheme", "category").distinct():
        assert category in schemes[scheme]


def test_the_register_stands_still_on_the_demo_day(world):
    assert clock.today() == date(2024, 1, 15)
