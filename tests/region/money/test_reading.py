"""What a money folder tells, as it stands in Testland: one of each thing."""

from datetime import date

from veerkracht.region import Region
from veerkracht.region.money import Money, YearAmount
from veerkracht.rulebook.types import Source, Text

BUDGET = Source("Budget of Testland", "https://example.org/budget", "")


def money_of(region: Region) -> Money:
    assert region.money is not None
    return region.money


def test_an_envelope_is_stated_more_than_once_and_has_a_path(testland: Region) -> None:
    money = money_of(testland)
    promise = money.envelopes["promise"]
    assert [(one.status, one.cents, one.on) for one in promise.stated] == [
        ("announced", 50_000_000, date(2023, 1, 10)),
        ("agreed", 48_000_050, date(2023, 3, 1)),
    ]
    assert promise.path == (
        YearAmount(2023, 10_000_000),
        YearAmount(2024, None),
        YearAmount(2025, 50_000_000),
    )
    assert (promise.new_money, promise.recurrent, promise.price_basis) == (True, True, 2023)
    assert (promise.on_top_of, promise.within, promise.sentences) == ("planned", "", ("more-for-care",))


def test_the_amount_is_the_latest_that_is_known(testland: Region) -> None:
    money = money_of(testland)
    latest = money.amount_of(money.envelopes["promise"])
    assert latest is not None
    assert (latest.status, latest.cents, latest.source) == ("agreed", 48_000_050, BUDGET)
    assert money.amount_of(money.envelopes["once"]) is None


def test_a_measure_has_its_milestones_and_its_measure_in_a_plan(testland: Region) -> None:
    money = money_of(testland)
    hired, satisfied = money.measures["pay-rise"].milestones
    assert (hired.baseline, hired.target, hired.target_on) == (400, 420, date(2024, 12, 31))
    assert [(one.on, one.value, one.source) for one in hired.realised] == [(date(2023, 12, 31), 404, BUDGET)]
    assert (satisfied.definition, satisfied.target, satisfied.realised) == (Text(), None, ())
    assert money.measures["more-budgets"].plan_measures == ("extra",)
    (assumed,) = money.measures["more-budgets"].stated
    assert (assumed.cents, assumed.low, assumed.high, assumed.why.en) == (
        500_050,
        400_000,
        600_000,
        "Invented.",
    )


def test_a_grant_goes_to_one_municipality(testland: Region) -> None:
    houses = money_of(testland).measures["houses"]
    (grant,) = houses.grants
    assert (grant.recipient.en, grant.area, grant.cents, grant.source) == (
        "Municipality of Southby",
        "south",
        4_000_050,
        BUDGET,
    )
    assert (grant.on, grant.until, grant.text.en) == (
        date(2023, 10, 2),
        date(2025, 10, 1),
        "The house at the harbour",
    )
    assert houses.granted == 4_000_050


def test_a_line_has_two_credits_a_year_that_may_be_unknown(testland: Region) -> None:
    credits = money_of(testland).lines["DAY-1"].credits
    assert [(one.year, one.version, one.commitment_cents, one.payment_cents) for one in credits] == [
        (2023, "initial", 80_000_000, 70_000_000),
        (2023, "executed", 79_000_025, None),
    ]


def test_what_hangs_together_is_found_from_both_sides(testland: Region) -> None:
    money = money_of(testland)
    assert [one.id for one in money.children("promise")] == ["promise-pay"]
    assert [one.id for one in money.outwards("promise-pay")] == ["promise-pay", "promise"]
    assert [one.id for one in money.measures_of("promise")] == ["more-budgets"]
    assert [one.id for one in money.answers("more-for-care")] == ["pay-rise", "more-budgets"]
    assert [one.id for one in money.decisions_of("promise")] == ["agreement"]
    assert [one.code for one in money.lines_of("pay-rise")] == ["PAY-1"]
    assert money.is_new(money.measures["pay-rise"])
    assert not money.is_new(money.measures["day-money-as-planned"])


def test_what_is_settled_is_no_longer_open(testland: Region) -> None:
    money = money_of(testland)
    (open_,) = money.open_about("promise")
    assert [(one.cents, one.on) for one in open_.figures] == [
        (50_000_000, date(2023, 1, 10)),
        (48_000_050, date(2023, 3, 1)),
    ]
    assert money.open_about("houses") == ()
    counted = money.reconciliations["houses-counted"].figures
    assert [(one.cents, one.number, one.unit.en) for one in counted] == [
        (None, 3, "houses"),
        (None, 5, "houses"),
    ]
