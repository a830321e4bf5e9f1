"""Who sees which figures of quality, beside whom, and what comes of an improvement."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.quality.conftest import COMMAND, soup, worker
from veerkracht.register.errors import Refused
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import actions
from veerkracht.register.quality.queries import comparison, exported, of_measure, organisation, overview
from veerkracht.register.supply.models import Service

SUMMER = (date(2023, 7, 1), date(2023, 9, 30))


def said(found):
    return [
        (one.name, one.state, one.numerator, one.denominator)
        for group in found.groups
        for one in group.points
    ]


def test_organisations_stand_by_name_and_small_counts_are_for_themselves(street, admission):
    """Elm House has 2: an outsider may not learn it, nor compute it from the others."""
    street((2, 60), (12, 60), (9, 60), (30, 60))
    analyst = factories.make_actor("analyst")
    assert said(comparison(analyst, "cold-soup")) == [
        ("Elm House", "hidden", None, 60),
        ("House 1", "shown", 12, 60),
        ("House 2", "hidden", None, 60),
        ("House 3", "shown", 30, 60),
    ]
    # Its own officer sees its own, and the others need no cover for it.
    assert said(comparison(admission, "cold-soup")) == [
        ("Elm House", "shown", 2, 60),
        ("House 1", "shown", 12, 60),
        ("House 2", "shown", 9, 60),
        ("House 3", "shown", 30, 60),
    ]
    (group,) = comparison(analyst, "cold-soup").groups
    assert (round(group.funnel.target, 4), group.counted) == (round(53 / 240, 4), 4)
    hidden = [one for one in group.points if one.state == "hidden"]
    assert {(one.value, one.interval, one.verdict) for one in hidden} == {(None, None, "")}
    rows = {row[0]: row[5:7] for row in exported(analyst)}
    assert rows == {"Elm House": (None, 60), "House 1": (12, 60), "House 2": (None, 60), "House 3": (30, 60)}


def test_too_few_people_make_no_figure_and_too_few_organisations_no_funnel(street, admission):
    street((4, 9), (12, 60), (20, 60))
    found = comparison(admission, "cold-soup")
    assert said(found)[0] == ("Elm House", "few", 4, 9)
    assert (found.groups[0].funnel, found.groups[0].counted) == (None, 2)
    assert said(comparison(factories.make_actor("analyst"), "cold-soup"))[0] == (
        "Elm House",
        "few",
        None,
        None,
    )
    cards = {card.indicator.id: card for card in overview(admission)}
    card = cards["cold-soup"]
    assert (card.reported, card.value, [one.state for one in card.own]) == (3, None, ["few"])
    assert (cards["lost-socks"].period, cards["lost-socks"].own) == (None, ())


def test_who_stands_out_is_told_from_chance(street, admission):
    street((40, 60), *[(10, 60)] * 9)
    (group,) = comparison(admission, "cold-soup").groups
    verdicts = {one.name: one.verdict for one in group.points}
    assert verdicts == {"Elm House": "very-high", **{f"House {n}": "within" for n in range(1, 10)}}
    (card,) = [one for one in overview(admission) if one.period]
    assert (card.beyond, card.own[0].verdict, round(card.value, 4)) == (1, "very-high", round(130 / 600, 4))


def test_a_secret_service_does_not_exist_for_others(home, admission, street):
    street((10, 60), (12, 60))
    facts = {"organisation": home, "programme": "home-place", "area": "north"}
    secret = Service.objects.create(name="Hidden wing", secret=True, **facts)
    actions.record_values(home, by=admission, values=[soup(20, 40, service=secret)])
    improvement = actions.Meant("Hide", ("cold-soup",), date(2023, 8, 1), service=secret)
    actions.start_improvement(home, by=admission, meant=improvement)
    analyst = factories.make_actor("analyst")
    assert [name for name, *_ in said(comparison(analyst, "cold-soup"))] == ["Elm House", "House 1"]
    assert [name for name, *_ in said(comparison(admission, "cold-soup"))] == [
        "Elm House",
        "Elm House · Hidden wing",
        "House 1",
    ]
    views = [organisation(one, home.pk) for one in (analyst, admission)]
    assert [(len(view.series), len(view.improvements)) for view in views] == [(1, 0), (2, 1)]
    assert [row[1] for row in exported(analyst)] == ["", ""]


def test_periods_are_chosen_and_others_refused(street, admission):
    street((10, 60), period=SUMMER)
    street((20, 60))
    found = comparison(admission, "cold-soup")
    assert (found.period, found.periods) == (date(2023, 10, 1), (date(2023, 10, 1), date(2023, 7, 1)))
    assert said(comparison(admission, "cold-soup", SUMMER[0])) == [("Elm House", "shown", 10, 60)]
    for id, period in (("cold-soup", date(2023, 1, 1)), ("warm-soup", None)):
        with pytest.raises(Refused):
            comparison(admission, id, period)


def test_before_and_after_is_the_last_whole_period_and_the_first(home, admission, street):
    for numerator, period in (
        (30, (date(2023, 4, 1), date(2023, 6, 30))),
        (45, SUMMER),
        (8, (date(2023, 10, 1), date(2023, 12, 31))),
    ):
        street((numerator, 60), period=period)
    meant = actions.Meant("Warm plates", ("cold-soup",), date(2023, 8, 1))
    actions.start_improvement(home, by=admission, meant=meant)
    for on, expected in (
        (date(2023, 12, 1), "nothing-after"),
        (date(2023, 3, 1), "nothing-before"),
    ):
        actions.start_improvement(home, by=admission, meant=actions.Meant("x", ("cold-soup",), on))
        told = {
            one.improvement.from_date: one.outcomes[0].change
            for one in organisation(admission, home.pk).improvements
        }
        assert told[on].said == expected
    change = told[date(2023, 8, 1)]
    # Not the summer in which it began, nor the quarter that would have looked best.
    assert (change.before.numerator, change.after.numerator, change.said) == (30, 8, "better")
    low, high = change.difference.interval.low, change.difference.interval.high
    assert (round(change.difference.change, 4), low < high < 0) == (round(-22 / 60, 4), True)
    hidden = organisation(factories.make_actor("analyst"), home.pk).improvements[1].outcomes[0].change
    assert (hidden.said, hidden.difference.change) == ("better", change.difference.change)


def test_a_break_in_the_series_lets_nothing_be_concluded(home, admission, street):
    for numerator, period in (
        (30, (date(2019, 10, 1), date(2019, 12, 31))),
        (2, (date(2020, 1, 1), date(2020, 3, 31))),
    ):
        street((numerator, 60), period=period)
    meant = actions.Meant("Warm plates", ("cold-soup",), date(2020, 1, 1))
    actions.start_improvement(home, by=admission, meant=meant)
    ((outcome,),) = [one.outcomes for one in organisation(admission, home.pk).improvements]
    assert (outcome.change.said, outcome.change.difference, len(outcome.change.breaks)) == ("broken", None, 1)


def test_a_small_change_can_not_be_told_from_chance(home, admission, street):
    for numerator, period in ((12, SUMMER), (9, (date(2023, 10, 1), date(2023, 12, 31)))):
        street((numerator, 60), period=period)
    actions.start_improvement(
        home, by=admission, meant=actions.Meant("Plates", ("cold-soup",), date(2023, 10, 1))
    )
    ((outcome,),) = [one.outcomes for one in organisation(admission, home.pk).improvements]
    assert outcome.change.said == "unclear"
    # One that is shown to nobody but itself is no source for others either.
    street_small = soup(1, 60, period=(date(2023, 4, 1), date(2023, 6, 30)))
    actions.record_values(home, by=admission, values=[street_small])
    actions.start_improvement(
        home, by=admission, meant=actions.Meant("Bowls", ("cold-soup",), date(2023, 7, 1))
    )
    (first, _) = organisation(factories.make_actor("analyst"), home.pk).improvements
    assert (first.improvement.what, first.outcomes[0].change.said) == ("Bowls", "hidden")


def test_what_a_measure_pays_for(home, admission, street):
    street((12, 60))
    assert of_measure("no-such-measure") == []
    one = actions.start_improvement(
        home, by=admission, meant=actions.Meant("Plates", ("cold-soup",), date(2023, 8, 1))
    )
    type(one).objects.update(measure="better-soup")
    (view,) = of_measure("better-soup")
    outcomes = [(name.en, told) for name, told in view.outcomes]
    assert (view.organisation, view.what, outcomes) == (
        "Elm House",
        "Plates",
        [("Cold soup", "nothing-before")],
    )


def test_a_role_for_one_programme_sees_what_is_of_it(home, street):
    street((12, 60))
    narrow = worker(home, "reader", programme="day-money")
    assert [card.indicator.id for card in overview(narrow)] == ["good-day"]
    with pytest.raises(Refused):
        comparison(narrow, "cold-soup")
    assert organisation(narrow, home.pk).series == ()


@pytest.mark.parametrize(
    "role", ["officer", "signer", "case-worker", "auditor", "treasurer", "administrator"]
)
def test_who_may_not_is_refused_whether_it_exists_or_not(home, street, role):
    street((12, 60))
    actor = factories.make_actor(role)
    for ask in (
        lambda: overview(actor),
        lambda: comparison(actor, "cold-soup"),
        lambda: comparison(actor, "warm-soup"),
        lambda: organisation(actor, home.pk),
        lambda: organisation(actor, 999_999),
        lambda: list(exported(actor)),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert str(refused.value) == str(Refused())


def test_the_number_of_queries_does_not_grow(home, admission, street):
    def asked() -> list[int]:
        counts = []
        for ask in (
            lambda: overview(admission),
            lambda: comparison(admission, "cold-soup"),
            lambda: organisation(admission, home.pk),
            lambda: list(exported(admission)),
        ):
            with CaptureQueriesContext(
                connection,
            ) as found:
                ask()
            counts.append(len(found))
        return counts

    def grow(period, *counts) -> None:
        street(*counts, period=period)
        meant = actions.Meant("x", ("cold-soup",), period[0])
        actions.start_improvement(home, by=COMMAND, meant=meant)

    grow(SUMMER, (12, 60))
    one = asked()
    grow((date(2023, 10, 1), date(2023, 12, 31)), (12, 60), (20, 60), (30, 60))
    grow((date(2023, 4, 1), date(2023, 6, 30)), (12, 60), (20, 60), (30, 60))
    assert asked() == one
    assert Organisation.objects.count() >= 3
