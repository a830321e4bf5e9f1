"""What is known of the money in Flanders, as somebody from the field would tell it."""

from datetime import date

import pytest

from veerkracht.region.money import Money
from veerkracht.region.money.model import Envelope, Figure, Measure, Milestone

MILLION = 100_000_000  # in cents
UNKNOWN = None


def said(thing: Envelope | Measure) -> list[tuple[str, float | None, date]]:
    """Everything that is stated of an amount: the status, the millions, the day."""
    return [
        (one.status, one.cents / MILLION if one.cents is not None else UNKNOWN, one.on)
        for one in thing.stated
    ]


def millions(figures: tuple[Figure, ...]) -> list[float | None]:
    return [one.cents / MILLION if one.cents is not None else one.number for one in figures]


def milestone(money: Money, measure: str, id: str) -> Milestone:
    return next(one for one in money.measures[measure].milestones if one.id == id)


def test_what_is_known_of_the_525_million(flanders: Money) -> None:
    """525 announced on 28 September 2020, 538 reported three days later, 577 agreed in VIA6: nothing is summed."""
    envelope, agreement = flanders.envelopes["vv175"], flanders.envelopes["via6"]
    assert said(envelope) == [("announced", 525, date(2020, 9, 28))]
    assert said(agreement) == [("agreed", 577, date(2020, 11, 24)), ("agreed", 577, date(2021, 3, 30))]
    assert (envelope.recurrent, envelope.new_money, envelope.on_top_of) == (True, True, "planned")
    assert agreement.fed_by == ("vv175",)
    assert (agreement.within, envelope.within, flanders.children("vv175")) == ("", "", ())
    open_ = {one.id: millions(one.figures) for one in flanders.open_about("vv175")}
    assert open_["525-or-538"] == [525, 538]
    assert open_["525-and-577"] == [525, 577]
    assert open_["801-million"] == [801, 538, 263]


def test_the_agreement_is_pay_and_quality(flanders: Money) -> None:
    parts = {one.id: said(one)[-1][1] for one in flanders.children("via6")}
    assert parts == {"via6-pay": 412, "via6-quality": 165}


def test_new_money_is_apart_from_what_was_planned(flanders: Money) -> None:
    apart = {
        new: [one.id for one in flanders.envelopes.values() if one.new_money is new] for new in (True, False)
    }
    assert apart[True] == [
        "vv175",
        "via6",
        "via6-pay",
        "via6-quality",
        "local-staff-beside-via6",
        "named-in-the-text",
        "recovery-plan",
        "recovery-welfare-one-off",
    ]
    assert {"planned", "expansion-2019-2024", "via5", "decided-apart"} <= set(apart[False])
    once = [one.id for one in flanders.envelopes.values() if not one.recurrent]
    assert once == ["poverty-plan-2020", "mental-plan-2020", "recovery-plan", "recovery-welfare-one-off"]


def test_growth_comes_in_steps_and_cruising_speed_is_not_the_first_year(flanders: Money) -> None:
    disability = flanders.envelopes["expansion-disability-2019-2024"]
    assert [(year, (cents or 0) / MILLION) for year, cents in disability.path] == [(2020, 40), (2021, 270)]
    assert said(disability) == [("announced", 270, date(2020, 9, 30))]


def test_every_sentence_of_the_text_is_answered(flanders: Money) -> None:
    unknown = {
        id
        for id in flanders.sentences
        if not any(flanders.amount_of(one) for one in flanders.answers(id) if flanders.is_new(one))
    }
    assert len(flanders.sentences) == 21
    assert all(flanders.answers(id) for id in flanders.sentences)
    # Promised, and of no measure that answers it is an amount of new money known.
    assert unknown == {
        "residential-faster",
        "disability-faster",
        "violence-campaigns",
        "violence-shelter",
        "violence-counselling",
        "children-activities",
        "neighbourhood-work",
    }


@pytest.mark.parametrize(
    ("id", "figures"),
    [
        ("expansion-policy", [600, 550, 570, 562]),
        ("via5-and-via6", [576, 577]),
        ("via6-elderly-care", [146, 102, 44, 101]),
        ("domain-2019", [13_500, 12_600]),
        ("domain-2022", [13_592.717, 14_100, 15_925.365]),
        ("group-1", [117, 107, 72.7]),
        ("caring-neighbourhoods", [114, 132]),
        ("city-contracts", [4, 7.6]),
        ("houses-of-the-child", [1, 1.2]),
        ("partial-budgets", [1100, 972, 1099]),
        ("disability-230", [230, 45]),
        ("disability-share", [295, 270]),
        ("via6-jobs", [3716, 2862, 853]),
    ],
)
def test_figures_that_do_not_agree_stay_beside_each_other(
    flanders: Money, id: str, figures: list[float]
) -> None:
    reconciliation = flanders.reconciliations[id]
    assert millions(reconciliation.figures) == figures
    assert all(one.source for one in reconciliation.figures)


def test_no_amount_is_chosen_where_two_are_printed(flanders: Money) -> None:
    assert flanders.amount_of(flanders.measures["care-investment-plan-group-1"]) is None


@pytest.mark.parametrize(
    ("measure", "id", "baseline", "target", "reached"),
    [
        ("youth-houses", "networks", 5, 16, [16]),
        ("youth-houses", "houses", 5, UNKNOWN, [33, 34]),
        ("one-family-one-plan", "networks", 15, 16, [16]),
        ("one-family-one-plan", "families", UNKNOWN, 3000, []),
        ("city-contracts", "contracts", UNKNOWN, UNKNOWN, [11]),
        ("via6-jobs", "jobs", UNKNOWN, 3716, []),
        ("caring-neighbourhoods", "supported", UNKNOWN, UNKNOWN, [132]),
        ("disability-growth", "budgets-granted", 2654, UNKNOWN, [2825, 4026, 3412, 3017]),
        ("safe-houses", "safe-houses", 4, 9, [9]),
    ],
)
def test_what_was_delivered(
    flanders: Money, measure: str, id: str, baseline: float | None, target: float | None, reached: list[float]
) -> None:
    found = milestone(flanders, measure, id)
    assert (found.baseline, found.target, [one.value for one in found.realised]) == (
        baseline,
        target,
        reached,
    )


def test_what_nobody_defined_says_so(flanders: Money) -> None:
    undefined = [
        f"{measure.id}: {one.id}"
        for measure in flanders.measures.values()
        for one in measure.milestones
        if not one.definition
    ]
    assert undefined == [
        "caring-neighbourhoods: people",
        "children-activities: children-reached",
        "city-contracts: effects",
        "via6-training: trained",
        "crisis-guidance: people-guided",
    ]


def test_commitment_and_payment_of_the_grant_came_apart_in_2023(flanders: Money) -> None:
    credits = {(one.year, one.version): one for one in flanders.lines["GB0-1GGF2RX-IS"].credits}
    executed, last = (
        credits[2023, "executed"],
        max(year for year, version in credits if version == "executed"),
    )
    assert (executed.commitment_cents, executed.payment_cents) == (261_750_000_000, 241_400_000_000)
    assert last == 2023  # of later years only budgets
    assert max(year for year, _ in credits) == 2026


def test_outcomes_end_in_2023(flanders: Money) -> None:
    """Money that was decided may be of later years; what was reached may not."""
    milestones = [one for measure in flanders.measures.values() for one in measure.milestones]
    assert max(reached.on for one in milestones for reached in one.realised) == date(2023, 12, 31)


def test_of_eleven_contracts_with_cities_five_amounts_are_known(flanders: Money) -> None:
    """They are no more than the 7.6 million, and what is not known is not made up."""
    contracts = flanders.measures["city-contracts"]
    known = {one.area: one.cents // 100 for one in contracts.grants if one.cents is not None}
    assert known == {"71004": 580_000, "31005": 768_000, "41011": 575_306, "42006": 326_000, "71016": 800_000}
    assert (len(contracts.grants), contracts.granted) == (11, 3_049_306_00)
