"""What a rise, posts or places in training buy: in proportion to others, within supply, the same for the same seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.pay.conftest import sure
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.pay import Asked, buys, counted, moved
from veerkracht.forecast.pay.asked import PAY, POSTS, TRAINING
from veerkracht.forecast.pay.moved import assumed_part
from veerkracht.forecast.pay.playing import ALL, FTE, HIRES, PLACES, QUITS, VACANCIES, play
from veerkracht.region import Region

FROM = date(2023, 1, 1)
RISE = Asked(PAY, 10.0, FROM, ("carers",), years=2, runs=6)


def test_a_rise_of_one_sector_keeps_people_there_and_takes_them_elsewhere(testland: Region) -> None:
    found = buys(testland, RISE)
    assert (found.sectors, found.years) == (("homes",), (2023, 2024))
    quits = found.more["homes", QUITS]
    assert (quits < 0).all()
    assert (found.more["clinics", QUITS] > 0).all()
    assert (found.more["homes", FTE].mean(0) > 0).all()
    np.testing.assert_allclose(found.more["homes", FTE], -found.more["homes", VACANCIES], atol=1e-6)
    total = found.more["homes", FTE] + found.more["clinics", FTE]
    np.testing.assert_allclose(found.more[ALL, FTE], total)


def test_when_every_sector_rises_alike_nothing_changes(testland: Region) -> None:
    found = buys(testland, RISE)
    assert found.together is not None
    for values in found.together.values():
        np.testing.assert_allclose(values, 0.0, atol=1e-9)
    both = buys(testland, replace(RISE, groups=("carers", "clinics")))
    np.testing.assert_allclose(both.more[ALL, FTE], 0.0, atol=1e-9)


def test_a_higher_rise_keeps_more(testland: Region) -> None:
    low, high = (buys(testland, replace(RISE, number=number)).more["homes", QUITS] for number in (2.0, 12.0))
    assert (high < low).all()


def test_the_same_seed_gives_the_same_answer_and_another_another(testland: Region) -> None:
    one, again, other = (buys(testland, replace(RISE, seed=seed)).more["homes", FTE] for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_posts_are_filled_as_far_as_there_are_people(testland: Region) -> None:
    """More money than anybody can be hired for: what is not filled stays open, and hires are bounded by who looks."""
    asked = Asked(POSTS, 40e6, FROM, ("carers",), years=2, runs=4)
    found, much = buys(testland, asked), buys(testland, replace(asked, number=80e6))
    assert (found.more["homes", VACANCIES] > 0).all()
    # Twice the money finds hardly anybody more in all sectors together: people, not money, set the limit.
    more = much.more[ALL, FTE] - found.more[ALL, FTE]
    posts = much.more["homes", VACANCIES] - found.more["homes", VACANCIES]
    assert (more < 0.1 * posts).all()
    assert found.euro is not None
    np.testing.assert_allclose(found.euro, 40e6)
    usual = found.usual[ALL, HIRES]
    assert (usual + found.more[ALL, HIRES] >= 0).all()


def test_training_brings_people_after_the_training_and_costs_what_the_region_says(testland: Region) -> None:
    asked = Asked(TRAINING, 60.0, FROM, profession="carer", years=4, runs=4)
    unknown = buys(testland, asked)
    assert (unknown.euro, unknown.together, unknown.per_million(FTE, 2026)) == (None, None, None)
    assert (unknown.more[ALL, FTE][:, 0] == 0).all()
    assert (unknown.more[ALL, FTE][:, -1] > 0).any()
    assert testland.pay is not None
    numbers = (*testland.pay.parameters, sure("training-place", 20_000.0))
    priced = replace(testland, pay=replace(testland.pay, parameters=numbers))
    euro = buys(priced, asked).euro
    assert euro is not None
    np.testing.assert_allclose(euro, 60 * 20_000.0)


def test_places_are_those_recognised_times_what_is_open_and_unknown_elsewhere(testland: Region) -> None:
    found = buys(testland, RISE)
    assert found.spread("clinics", PLACES, 2024) is None
    assert found.spread(ALL, PLACES, 2024) is None
    spread, per_million = found.within(("homes",), FTE, 2024), found.per_million(FTE, 2024)
    assert spread is not None
    assert per_million is not None
    assert spread.p10 <= spread.p25 <= spread.p50 <= spread.p75 <= spread.p90
    assert found.euro is not None
    each = found.more["homes", FTE][:, 1] / found.euro * 1e6
    assert per_million.p50 == pytest.approx(np.median(each))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (replace(RISE, groups=()), "at least one group"),
        (replace(RISE, groups=("pilots",)), "no group “pilots”"),
        (replace(RISE, groups=("remainder",)), "no sector of the group remainder"),
        (replace(RISE, number=60.0), "60 per cent can't be"),
        (replace(RISE, kind="prayer"), "“prayer” can't be bought"),
        (replace(RISE, kind=POSTS, number=0.0), "a number above zero; found: 0"),
        (replace(RISE, kind=POSTS, number=-5.0), "a number above zero; found: -5"),
        (replace(RISE, kind=TRAINING, groups=(), profession="clown"), "no profession “clown”"),
        (replace(RISE, years=0), "0 years and 6 runs can't be"),
        (replace(RISE, runs=1), "2 years and 1 runs can't be"),
    ],
)
def test_what_can_not_be_asked_is_refused(testland: Region, asked: Asked, said: str) -> None:
    with pytest.raises(ForecastFault, match=said):
        buys(testland, asked)
    with pytest.raises(ForecastFault, match=said):
        moved(testland, asked)


def test_a_region_without_staff_or_pay_is_told(testland: Region) -> None:
    with pytest.raises(ForecastFault, match="no file on staff"):
        buys(replace(testland, staff=None), RISE)
    with pytest.raises(ForecastFault, match="no file on pay"):
        buys(replace(testland, pay=None), RISE)


def test_which_number_matters_most(testland: Region) -> None:
    found = moved(testland, replace(RISE, runs=20), most=4)
    assert 1 <= len(found) <= 4
    swings = [one.swing for one in found]
    assert swings == sorted(swings, reverse=True)
    assert all(one.low < one.high for one in found)
    # Every number of Testland has a source, so nothing of it is an assumption.
    assert assumed_part(found) == 0.0
    assert assumed_part(()) is None


# -- counts of the register ------------------------------------------------------------------------------------


def counts(**homes: float) -> pl.DataFrame:
    """Homes as the register counts them, by profession; clinics hardly."""
    known = {"fte_known": 1.0, "vacancies_known": 1.0, "sick_known": 1.0}
    rows = [
        {"sector": "homes", "profession": "carer", "fte": 320.0, "vacancies": 24, "sick_share": 0.1, **known},
        {"sector": "homes", "profession": "cook", "fte": 80.0, "vacancies": 1, "sick_share": 0.05, **known},
        {"sector": "clinics", "profession": "carer", "fte": 20.0, "vacancies": 1, "sick_share": 0.1, **known},
    ]
    return pl.DataFrame([{**row, **(homes if row["sector"] == "homes" else {})} for row in rows])


def number(here: Region, id: str) -> float:
    assert here.staff is not None
    (found,) = [one for one in here.staff.parameters if one.id == id]
    return found.value


def test_a_complete_count_takes_the_place_of_published_numbers(testland: Region) -> None:
    found = counted(testland, counts(), FROM)
    assert found.used == ("homes",)
    fte, least = found.left["clinics"]
    assert fte == 20.0 < least
    expected = {
        "fte.homes": 400.0,
        "share.homes.carer": 0.8,
        "share.homes.cook": 0.2,
        "vacant.homes": 25 / 425,
        "sickness.homes": 0.09,
        "quits.homes": number(testland, "quits.homes"),
        "fte.clinics": number(testland, "fte.clinics"),
    }
    assert {id: number(found.region, id) for id in expected} == pytest.approx(expected)
    played = play(found.region, (), RISE, _draws()).values["homes", VACANCIES]
    assert (played > 0).all()


def test_what_hardly_anybody_says_is_not_taken_over(testland: Region) -> None:
    found = counted(testland, counts(sick_known=0.5), FROM)
    assert number(found.region, "sickness.homes") == number(testland, "sickness.homes")
    assert number(found.region, "fte.homes") == 400.0
    assert counted(testland, counts(fte_known=0.5), FROM).used == ()


def test_too_few_counted_changes_nothing(testland: Region) -> None:
    few = counted(testland, counts(fte=10.0), FROM)
    assert few.used == ()
    assert few.region is testland
    assert counted(testland, counts().clear(), FROM).region is testland
    assert counted(replace(testland, staff=None), counts(), FROM).used == ()


def _draws() -> object:
    from veerkracht.forecast.draws import Draws

    return Draws(1, 6)
