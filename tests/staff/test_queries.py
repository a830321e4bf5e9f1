"""What pages and the forecast read of staff: the latest of each, sums that say what is unknown, and never twice."""

from datetime import date, timedelta

import polars as pl

from tests.staff.conftest import TODAY, make_count, make_flow, make_home
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff import actions
from veerkracht.register.staff.exchange.columns import COUNTS, FLOWS, TRAINING
from veerkracht.register.staff.facts import CountFigures, TrainingFigures
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.staff.queries import columns, overview
from veerkracht.register.staff.queries.exporting import rows
from veerkracht.register.staff.queries.overview import Asked, organisations
from veerkracht.register.staff.queries.tables import Sum

LAST_YEAR = TODAY - timedelta(days=365)


def test_the_latest_counts_add_up_and_say_what_is_unknown(home, analyst):
    make_count(home, on=LAST_YEAR, persons=90, fte_hundredths=9000)
    make_count(home, persons=10, fte_hundredths=800, sick_per_thousand=100, over_50=4, vacancies=2)
    make_count(home, "care-assistant", persons=20, fte_hundredths=200, sick_per_thousand=200)
    make_count(profession="other", sector="home-care", persons=5)
    seen = overview(analyst, Asked())
    whole = seen.whole
    assert (whole.persons, whole.fte, whole.vacancies) == (Sum(35, 3, 3), Sum(1000, 2, 3), Sum(2, 1, 3))
    # 8 full-time equivalents of 100 and 2 of 200 thousandths.
    assert (whole.sick, seen.ages) == (Sum(120, 2, 3), (Sum(None, 0, 3), Sum(None, 0, 3), Sum(4, 1, 3)))
    assert [(one.id, one.persons.value) for one in seen.by_sector if one.persons.value] == [
        ("residential-care", 30),
        ("home-care", 5),
    ]
    assert [(one.on, one.fte_hundredths) for one in seen.through_time if one.sector == "residential-care"][
        ::4
    ] == [
        (date(2023, 3, 31), 9000),
        (TODAY, 1000),
    ]
    only = overview(analyst, Asked(profession="care-assistant"))
    assert (only.whole.persons.value, [one.persons.value for one in only.by_region]) == (20, [20])


def test_who_left_and_why_in_the_last_year(analyst):
    make_flow(date(2023, 1, 1), date(2023, 12, 31), starters=4, quit=2, retired=1)
    make_flow(date(2023, 1, 1), date(2023, 6, 30), "other", quit=3)
    make_flow(date(2022, 1, 1), date(2022, 12, 31), quit=100)
    flows = overview(analyst, Asked()).flows
    assert (flows.periods, flows.starters, flows.leavers["quit"], flows.leavers["moved"]) == (
        2,
        Sum(4, 1, 2),
        Sum(5, 2, 2),
        Sum(None, 0, 2),
    )


def test_organisations_come_page_by_page_in_as_many_queries(analyst, django_assert_num_queries):
    for name in ("A", "B", "C"):
        make_count(organisation=Organisation.objects.create(name=name, kind="provider"), persons=1)
    with django_assert_num_queries(5):
        first = organisations(analyst, Asked(), size=1)
    with django_assert_num_queries(5):
        assert [one.name for one in organisations(analyst, Asked()).rows] == ["A", "B", "C"]
    second = organisations(analyst, Asked(), size=2, after=first.after)
    assert ([one.name for one in second.rows], second.after) == (["B", "C"], "")


def test_columns_for_the_forecast_say_how_complete_they_are(home):
    make_home("Never counted")
    make_count(home, persons=10, fte_hundredths=850, vacancies=1)
    make_count(persons=4)
    make_flow(date(2023, 7, 16), TODAY, quit=2)
    found = columns(TODAY)
    row = found.row(0, named=True)
    assert found.select("sector", "profession").rows() == [("residential-care", "nurse")]
    assert (row["fte"], row["vacancies"], row["sick_share"], row["quit"]) == (8.5, 1, None, 2)
    assert (row["fte_known"], row["sick_known"], row["services_counted"], row["organisations"]) == (
        0.5,
        0,
        0.5,
        1,
    )
    assert round(row["quit_known"], 3) == round(184 / 365, 3)
    assert columns(TODAY - timedelta(days=1)).is_empty()
    assert columns(TODAY).schema == pl.Schema(columns(TODAY - timedelta(days=1)).schema)


def test_what_is_exported_comes_in_again_unchanged(home, analyst):
    first = make_count(home, persons=10, fte_hundredths=805, sick_per_thousand=95)
    command = Actor.for_command("tests")
    actions.correct_count(first, CountFigures(persons=9, fte_hundredths=750), by=command, reason="Beter")
    make_flow(date(2023, 1, 1), date(2023, 12, 31), starters=4)
    actions.record_training("nurse", 2022, TrainingFigures(first_year=7), by=command, source="Onderwijs")
    for kind in (COUNTS, FLOWS, TRAINING):
        lines = [list(kind.columns), *rows(analyst, kind)]
        data = "\n".join(",".join(map(str, line)) for line in lines).encode()
        report = actions.import_figures(data, "a.csv", by=command)
        assert (report.kind, report.faults, report.already, report.added) == (kind.id, (), 1, 0)
    assert StaffCount.objects.count() == 2
