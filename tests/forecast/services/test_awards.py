"""Growth as a register keeps it: a small case that a reader can follow with a pencil."""

from datetime import date

import polars as pl
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import making
from veerkracht.forecast.services.awards import Past, awarded_until, left_on, past_of
from veerkracht.forecast.services.homes import Homes, with_homes
from veerkracht.region.supply import AWARDS

START = date(2023, 12, 31)
PROGRAMME = "home-place"
HOMES = {
    "id": ["a", "b"],
    "name": ["A", "B"],
    "area": ["north", "south"],
    "units": [60, 40],
    "occupied": [54, 36],
}

# One award of each fate: two thirds in use after a year and one third lapsed; postponed by a year and still to come;
# for a year that has not begun; and extra recognition, which adds no place.
STEPS = [
    (1, "a", "north", "places", "awarded", date(2020, 6, 1), 30, date(2021, 1, 1)),
    (1, "a", "north", "places", "realised", date(2022, 1, 1), 20, None),
    (1, "a", "north", "places", "lapsed", date(2023, 1, 1), 10, None),
    (2, "b", "south", "places", "awarded", date(2021, 6, 1), 8, date(2022, 1, 1)),
    (2, "b", "south", "places", "postponed", date(2022, 7, 2), 8, date(2023, 7, 2)),
    (3, "", "south", "places", "awarded", date(2023, 6, 1), 5, date(2024, 1, 1)),
    (4, "a", "north", "extra-recognition", "awarded", date(2023, 6, 1), 12, date(2024, 1, 1)),
    # Of what comes after the start nothing is known.
    (3, "", "south", "places", "realised", date(2024, 2, 1), 5, None),
    (5, "a", "north", "places", "awarded", date(2024, 3, 1), 99, date(2025, 1, 1)),
]  # fmt: skip


@pytest.fixture(scope="module")
def testland():
    return regions.load(REGIONS / "testland")


def table(steps):
    return pl.DataFrame(steps, schema=AWARDS, orient="row")


def started(testland, steps, *, start=START, **facts):
    """The region with the two homes and these awards, and its forecast until what its file tells of 2026."""
    homes = Homes(start, pl.DataFrame(HOMES), awards=table(steps), **facts)
    region = with_homes(testland, PROGRAMME, homes)
    programmes = (region.programme(PROGRAMME),)
    return making.run(region, programmes, "as-is", start, Experiment(years=2, runs=40))


def places(found):
    """How many places are recognised in each run at the start and at the end."""
    values = found.values[f"{PROGRAMME}.places.recognised"]
    return {float(one) for one in values[:, 0]}, {float(one) for one in values[:, -1]}


def test_what_is_left_and_what_became_of_awards_is_what_their_steps_say_up_to_a_day():
    awards = table(STEPS)
    assert left_on(awards, START).rows() == [
        (2, "b", "south", date(2023, 7, 2), 8),
        (3, "", "south", date(2024, 1, 1), 5),
    ]
    assert left_on(awards, START, "extra-recognition").rows() == [(4, "a", "north", date(2024, 1, 1), 12)]
    assert (awarded_until(awards, START), awarded_until(awards, date(2019, 1, 1))) == (date(2024, 1, 1), None)
    past = past_of(awards, START)
    # Under way: two thirds of the first for one year and one third for two; the second half a year before it was
    # postponed and half a year since; the third not yet.
    assert past.years == pytest.approx(2 / 3 * 1 + 1 / 3 * 2 + 0.5 + 0.5, abs=0.01)
    assert (past.awards, past.realised, past.lapsed, past.postponed) == pytest.approx((3, 2 / 3, 1 / 3, 1))
    assert past.postponed_years == pytest.approx(1.0, abs=0.01)
    assert past_of(awards.clear(), START) == Past()


def test_the_awards_of_the_register_take_the_place_of_the_calendar_up_to_the_last_period_awarded(testland):
    found = started(testland, STEPS)
    at_start, at_end = places(found)
    # 8 and 5 places come or not; the 30 that the region's file tells of 2024 do not.
    assert at_start == {100.0}
    assert {108.0, 113.0} < at_end <= {100.0, 105.0, 108.0, 113.0}
    assert [text.en for text in found.rests_on[:3]] == [
        "Home place: started from the 2 homes of the register on 2023-12-31, with 100 places and 90 residents.",
        "Home place, growth calendar of the register: of 3 awards 13 places are still to come, up to and with the "
        "period that begins on 2024-01-01. Of later years what the region's files say counts.",
        "How fast they come is assumed (see the uncertain numbers): of fewer than 10 awards the register knows what "
        "became.",
    ]
    without = started(testland, [])
    assert "growth calendar of the region's files: the register holds no awards" in without.rests_on[1].en
    assert max(places(without)[1]) >= 120.0


def test_with_enough_awards_that_ended_their_own_pace_counts(testland):
    """Of 24 awards each came into use after two years, and none lapsed."""
    done = [
        step
        for number in range(24)
        for step in (
            (number, "a", "north", "places", "awarded", date(2019, 6, 1), 4, date(2020, 1, 1)),
            (number, "a", "north", "places", "realised", date(2022, 1, 1), 4, None),
        )
    ]
    coming = (99, "b", "south", "places", "awarded", date(2023, 6, 1), 7, date(2024, 1, 1))
    found = started(testland, [*done, coming])
    assert found.rests_on[2].en.startswith(
        "How fast they come is learnt from what became of these awards: 24 came"
    )
    numbers = {one.id: one for one in found.parameters}
    lead, lost = numbers["award.lead.years"], numbers["award.lost"]
    # 48 years under way and 24 in use: one in two years; of nine in ten draws from 1.5 to 2.8.
    assert (lead.low, lead.value, lead.high) == pytest.approx((1.5, 2.0, 2.8), abs=0.1)
    assert (lost.low, lost.high) == pytest.approx((0.0, 0.08), abs=0.01)
    assert "of 25 awards, 48.0 years under way together, 24.0 came into use" in lead.assumption.why.en
    came = [float(one) for one in found.values[f"{PROGRAMME}.places.recognised"][:, -1]]
    assert set(came) == {100.0, 107.0}
    # After two years 63% of what takes two on average has come.
    assert 0.4 <= sum(one > 100 for one in came) / len(came) <= 0.85
