"""The flow of money in Testland, as an expert would draw it on paper."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.register.money.queries import Totals
from veerkracht.register.spending.flow import MoneyFlow, money_flow
from veerkracht.web.charts.flow_layout import Flow, Node, laid_out, size_of

TESTLAND = Path(__file__).parent.parent / "regions" / "testland"


@pytest.fixture(scope="module")
def money():
    return region.load(TESTLAND).money


def ribbons(flow: MoneyFlow) -> dict[tuple[str, str], int]:
    return {(one.source, one.target): one.cents for one in flow.ribbons}


def promise(money, booked=None) -> MoneyFlow:
    return money_flow(money, booked or {}, new_money=True, recurrent=True)


def test_new_money_runs_from_the_promise_to_what_is_not_followed(money):
    assert ribbons(promise(money)) == {
        ("envelope:promise", "decision:promise"): 305_000_50,
        ("envelope:promise", "not-filled"): 175_000_00,
        ("decision:promise", "measure:pay-rise"): 250_000_00,
        ("decision:promise", "not-split:promise-pay"): 50_000_00,
        ("decision:promise", "measure:more-budgets"): 5_000_50,
        ("not-followed", "unknown"): 305_000_50,
        ("measure:pay-rise", "not-followed"): 250_000_00,
        ("not-split:promise-pay", "not-followed"): 50_000_00,
        ("measure:more-budgets", "not-followed"): 5_000_50,
    }


def test_what_is_booked_is_committed_paid_underway_or_still_open(money):
    booked = {"pay-rise": Totals(committed=200_000_00, requested=10_000_00, paid=150_000_00)}
    found = ribbons(promise(money, booked))
    assert {pair: cents for pair, cents in found.items() if "committed" in pair[0]} == {
        ("committed", "paid"): 150_000_00,
        ("committed", "requested"): 10_000_00,
        ("committed", "not-paid"): 40_000_00,
    }
    assert found["measure:pay-rise", "committed"] == 200_000_00
    assert found["measure:pay-rise", "not-committed"] == 50_000_00


def test_what_measures_share_is_not_said_to_be_left(money):
    unknown = replace(money.measures["pay-rise"], id="also-pay", stated=money.measures["houses"].stated)
    shared = replace(money, measures=money.measures | {"also-pay": unknown})
    found = ribbons(promise(shared, {"also-pay": Totals(committed=20_000_00)}))
    assert found["not-split:promise-pay", "committed"] == 20_000_00
    assert found["not-split:promise-pay", "not-followed"] == 30_000_00


def test_more_than_was_stated_is_said_and_not_hidden(money):
    booked = {"pay-rise": Totals(committed=260_000_00, paid=270_000_00)}
    found = ribbons(promise(money, booked))
    assert found["measure:pay-rise", "committed"] == 250_000_00
    assert found["more-than-stated", "committed"] == 10_000_00
    assert found["committed-earlier", "paid"] == 10_000_00


def test_money_of_another_kind_is_never_in_the_same_drawing(money):
    flows = {
        (new, yearly): money_flow(money, {}, new_money=new, recurrent=yearly)
        for new in (True, False)
        for yearly in (True, False)
    }
    starts = {kind: [stop.id for stop in flow.stops if stop.column == 0] for kind, flow in flows.items()}
    assert starts == {
        (True, True): ["envelope:promise"],
        (True, False): [],
        (False, True): ["envelope:planned"],
        (False, False): [],
    }


def test_a_measure_without_an_amount_is_named_and_not_drawn(money):
    flow = money_flow(money, {}, new_money=True, recurrent=False)
    assert ([one.id for one in flow.unknown], flow.is_empty) == (["houses"], True)


def test_an_agreement_for_more_than_was_announced_is_not_explained(money):
    agreed = replace(money.envelopes["promise"], id="agreed", fed_by=("promise",), on_top_of="")
    larger = replace(agreed, stated=(replace(agreed.stated[-1], cents=500_000_00),))
    measures = {
        id: replace(one, envelope="agreed" if one.envelope == "promise" else one.envelope)
        for id, one in money.measures.items()
    }
    parts = money.envelopes | {
        "agreed": larger,
        "promise-pay": replace(money.envelopes["promise-pay"], within="agreed"),
    }
    found = ribbons(promise(replace(money, envelopes=parts, measures=measures)))
    assert found["envelope:promise", "decision:agreed"] == 480_000_50
    assert found["unexplained", "decision:agreed"] == 19_999_50
    assert found["decision:agreed", "not-split:agreed"] == 194_999_50


def test_ribbons_fill_their_bars_to_the_cent(money):
    booked = {"pay-rise": Totals(committed=123_456_78, requested=1, paid=99_999_99)}
    flow = promise(money, booked)
    links = [Flow(one.source, one.target, one.cents) for one in flow.ribbons]
    layout = laid_out([Node(one.id, one.id, one.column, one.kind) for one in flow.stops], links)
    for placed in layout.nodes:
        came = sum(link.cents for link in links if link.target == placed.node.id)
        went = sum(link.cents for link in links if link.source == placed.node.id)
        assert {came, went} in ({placed.cents}, {placed.cents, 0})
        leaving = [one for one in layout.flows if one.flow.source == placed.node.id]
        # Ribbons leave under each other, and together are as high as the bar.
        ends = sorted((one.source_top, one.source_top + one.height) for one in leaving if one.flow.cents > 1)
        assert all(end == pytest.approx(start) for (_, end), (start, _) in pairwise(ends))
        if ends:
            assert (ends[0][0], ends[-1][1]) == pytest.approx((placed.top, placed.top + placed.height), abs=2)


def test_what_would_not_add_up_is_not_drawn():
    with pytest.raises(ValueError, match=r"Of node b 3 cents come in and 2 go out\."):
        size_of("b", [Flow("a", "b", 3), Flow("b", "c", 2)])
