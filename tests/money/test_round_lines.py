"""What rounds grant is committed on the programme's line, what comes free goes back to it, and nobody is seen in it."""

from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.money.making import command, make_credit, make_line, make_year
from veerkracht import region
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Budget, Request, Round
from veerkracht.register.errors import Invalid
from veerkracht.register.money import actions
from veerkracht.register.money.actions import PaymentOf
from veerkracht.register.money.models import Commitment, Entry, Line, Posting
from veerkracht.register.money.queries import (
    MonthRow,
    balances,
    commitments_of,
    commitments_of_requests,
    entries_of,
    grantable,
    line_balances,
    months_of,
    who_decided_what,
)
from veerkracht.register.money.queries.ledger import title_of
from veerkracht.register.money.weighing import for_days, for_months
from veerkracht.rulebook.types import Text

pytestmark = pytest.mark.django_db

COST = 5_442_677  # What category 12 costs a year in 2024, in cents.
ON = date(2024, 1, 15)
LEFT = for_months(COST, ON, date(2024, 12, 31), 2024)


@pytest.fixture
def line(db) -> Line:
    clock.stand_still_on(ON)
    return make_line(120_000, code="PB", programme=factories.PROGRAMME, hands_out=True)


@pytest.fixture
def signed(line) -> Round:
    """Two of three who wait got a budget on 15 January 2024; the third would have cost more than there was."""
    factories.make_credit(1_000_000)
    factories.make_queue(3)
    return factories.make_round(110_000, state="signed")


def ours(year: int = 2024):
    found = line_balances("PB", year)
    return found.commitment_free, found.committed, found.paid, found.weighs_next_year


def test_a_yearly_amount_weighs_for_its_days_to_the_nearest_cent():
    year = (date(2024, 1, 1), date(2024, 12, 31))
    assert for_days(366_00, *year, 2024) == 366_00
    assert for_days(100, date(2024, 7, 2), year[1], 2024) == 50
    assert for_days(1, date(2024, 7, 2), year[1], 2024) == 1  # half a cent goes up
    assert for_days(100, date(2025, 1, 1), date(2025, 3, 1), 2024) == 0
    assert sum(for_days(99_99, date(2024, month, 1), date(2024, month, 29), 2024) for month in (2,)) == 7_92


def test_a_round_is_one_commitment_that_shows_as_committed_and_not_paid_until_it_is_taken_up(line, signed):
    assert ours() == (120_000_00 - 2 * LEFT, 2 * LEFT, 0, 2 * COST)
    commitment = Commitment.objects.get()
    assert (
        commitment.kind,
        title_of(commitment).en,
        commitment.committed_cents,
        commitment.yearly_cents,
    ) == (
        "round",
        f"Round {signed.pk}",
        2 * LEFT,
        2 * COST,
    )
    clock.stand_still_on(date(2024, 3, 1))
    for request in Request.objects.filter(state="granted"):
        care.start_budget(request, by=factories.make_actor(), on=clock.today())
    assert ours() == (120_000_00 - 2 * LEFT, 2 * LEFT, 0, 2 * COST)
    assert verify.run() == []


def test_what_is_declined_or_ends_goes_back_to_the_line(line, signed):
    first, second = Request.objects.filter(state="granted").order_by("pk")
    officer = factories.make_actor()
    clock.stand_still_on(date(2024, 3, 1))
    care.decline_grant(first, by=officer, on=clock.today())
    # Nothing of a grant that was never taken up stays on the line.
    assert ours() == (120_000_00 - LEFT, LEFT, 0, COST)
    budget = care.start_budget(second, by=officer, on=clock.today())
    clock.stand_still_on(date(2024, 6, 30))
    care.end_budget(budget, by=officer, on=clock.today(), reason="stopped")
    after = for_months(COST, date(2024, 7, 1), date(2024, 12, 31), 2024)
    assert ours() == (120_000_00 - LEFT + after, LEFT - after, 0, 0)
    assert verify.run() == []


def test_a_round_hands_out_no_more_than_the_line_can_commit(line):
    factories.make_credit(1_000_000)
    factories.make_queue(3)
    assert grantable(factories.PROGRAMME, ON) == 120_000_00 * 12 * 31 // (11 * 31 + 17)
    with pytest.raises(Invalid) as found:
        factories.make_round(130_000)
    assert found.value.text.en == ("Of the voted money 124,692.73 euro is free; asked: 130,000.00 euro.")
    prepared = factories.make_round(120_000, state="reviewed")
    # Somebody commits in between: the signature is refused, and nothing of the round is there.
    actions.commit(line, actions.NewCommitment(ON, 50_000_00, "contract", "Something else"), by=command())
    with pytest.raises(Invalid):
        care.sign_round(prepared, by=factories.make_actor("signer"))
    assert (
        Posting.objects.filter(request__isnull=False).count(),
        balances(factories.PROGRAMME)["granted"],
    ) == (
        0,
        0,
    )
    assert verify.run() == []


def test_a_grant_weighs_again_on_the_next_year_and_ends_there(line, signed):
    request = Request.objects.filter(state="granted").order_by("pk")[0]
    officer = factories.make_actor()
    budget = care.start_budget(request, by=officer, on=ON)
    make_credit(line, 120_000, year=2025, on=ON)
    clock.stand_still_on(date(2025, 1, 2))
    make_year(2025)
    assert ours(2025) == (120_000_00 - 2 * COST, 2 * COST, 0, 2 * COST)
    # An end that is written down late counts in the year in which it fell, and in the next as a whole.
    care.end_budget(budget, by=officer, on=date(2024, 12, 30), reason="stopped")
    last_day = for_months(COST, date(2024, 12, 31), date(2024, 12, 31), 2024)
    assert ours() == (120_000_00 - 2 * LEFT + last_day, 2 * LEFT - last_day, 0, COST)
    assert ours(2025) == (120_000_00 - COST, COST, 0, COST)
    actions.close_year(2024, by=command())
    care.decline_grant(Request.objects.get(state="granted"), by=officer, on=date(2025, 1, 2))
    assert ours(2025) == (120_000_00, 0, 0, 0)
    assert verify.run() == []


def test_what_is_declined_goes_back_to_every_year_that_was_open_when_it_was_granted(db):
    clock.stand_still_on(date(2024, 12, 20))
    line = make_line(120_000, code="PB", programme=factories.PROGRAMME, hands_out=True)
    make_credit(line, 120_000, year=2025, on=clock.today())
    make_year(2025)
    factories.make_credit(1_000_000)
    factories.make_queue(1)
    factories.make_round(110_000, state="signed")
    days = for_months(COST, date(2024, 12, 20), date(2024, 12, 31), 2024)
    assert (ours(2024), ours(2025)) == (
        (120_000_00 - days, days, 0, COST),
        (120_000_00 - COST, COST, 0, COST),
    )
    care.decline_grant(Request.objects.get(), by=factories.make_actor(), on=clock.today())
    assert (ours(2024), ours(2025)) == ((120_000_00, 0, 0, 0), (120_000_00, 0, 0, 0))
    assert verify.run() == []


def test_what_ran_before_the_line_was_there_ends_without_it(db):
    clock.stand_still_on(ON)
    factories.make_credit(1_000_000)
    factories.make_queue(1)
    factories.make_round(110_000, state="signed")
    line = make_line(60_000, code="PB", programme=factories.PROGRAMME, hands_out=True)
    officer = factories.make_actor()
    budget = care.start_budget(Request.objects.get(), by=officer, on=ON)
    care.end_budget(budget, by=officer, on=ON, reason="stopped")
    assert (ours(), Commitment.objects.filter(line=line).count()) == ((60_000_00, 0, 0, 0), 0)
    assert verify.run() == []


def test_nobody_is_seen_in_the_money(line, signed):
    """One person's amount stands in no row of its own, and no row leads to a person or a request."""
    request = Request.objects.filter(state="granted").order_by("pk")[0]
    clock.stand_still_on(date(2024, 3, 1))
    care.decline_grant(request, by=factories.make_actor(), on=clock.today())
    given = (entries_of(line, 2024), who_decided_what(line, 2024), months_of(line, 2024))
    shown = repr(given)
    names = (request.number, request.person.number, request.person.family_name)
    assert [name for name in names if name in repr((given, commitments_of(line, 2024)))] == []
    secrets = {*names, str(LEFT)}
    # The amount of the one who declined is there to leak: it is the posting itself.
    assert Posting.objects.filter(request=request, amount_cents=LEFT).exists()
    assert [secret for secret in secrets if secret in shown] == []
    assert [(one.kind, one.round_id) for one in given[0]] == [("committed", signed.pk), ("credited", None)]
    march = date(2024, 3, 1)
    assert given[2] == [MonthRow(march, march, None, None)]
    # Who pays, and only they, asks on which commitment a grant stands.
    other = Request.objects.get(state="granted")
    commitment = Commitment.objects.get(line=line)
    assert commitments_of_requests(line, 2024, [other.pk, 999_999]) == {other.pk: commitment.pk}
    assert Budget.objects.count() == 0


def test_months_are_told_together_until_enough_persons_are_behind_them(line):
    factories.make_credit(1_000_000)
    factories.make_queue(8)
    make_credit(line, 500_000, kind="revised", on=ON)
    factories.make_round(450_000, state="signed")
    officer, threshold = factories.make_actor(), region.current().disclosure.threshold
    for place, request in enumerate(Request.objects.filter(state="granted").order_by("pk")[: threshold + 1]):
        clock.stand_still_on(date(2024, 2 if place < 2 else 4 if place < threshold else 5, 5))
        care.decline_grant(request, by=officer, on=clock.today())
    assert months_of(line, 2024) == [
        MonthRow(date(2024, 5, 1), date(2024, 5, 1), None, None),
        MonthRow(date(2024, 2, 1), date(2024, 4, 1), 0, threshold * LEFT),
    ]


def test_a_grant_while_its_year_is_not_open_is_refused_and_not_left_out(line, signed):
    make_credit(line, 120_000, year=2025, on=ON)
    clock.stand_still_on(date(2025, 1, 2))
    prepared = factories.make_round(60_000, state="reviewed")
    with pytest.raises(Invalid) as found:
        care.sign_round(prepared, by=factories.make_actor("signer"))
    assert (found.value.field, found.value.text.en) == (
        "year",
        "Budget year 2025 is not open. It has to be opened first.",
    )
    assert balances(factories.PROGRAMME)["granted"] == 2 * COST
    # What comes free meanwhile is never held up, and doesn't weigh on the year that opens.
    declined = Request.objects.filter(state="granted").order_by("pk")[0]
    care.decline_grant(declined, by=factories.make_actor(), on=clock.today())
    assert (ours(), verify.run()) == ((120_000_00 - LEFT, LEFT, 0, COST), [])
    make_year(2025)
    assert ours(2025) == (120_000_00 - COST, COST, 0, COST)


def test_a_line_without_credit_in_a_year_hands_out_nothing_in_it(line):
    factories.make_credit(1_000_000)
    factories.make_queue(1)
    clock.stand_still_on(date(2025, 1, 2))
    make_year(2025)
    prepared = factories.make_round(60_000, state="reviewed")
    with pytest.raises(Invalid) as found:
        care.sign_round(prepared, by=factories.make_actor("signer"))
    assert found.value.text.en == "No credit was voted for line PB in 2025."
    assert verify.run() == []


@pytest.fixture
def twice(line) -> Request:
    """A person who got half in January and the rest in March."""
    old = date(2017, 5, 1)
    make_credit(line, 100_000, kind="revised", on=ON)
    factories.make_credit(1_000_000)
    request = factories.make_request(group=2, asked=old, plan_approved_on=old, category="VI")
    factories.make_round(100_000, state="signed", envelopes={"group-2": 10_000_000})
    clock.stand_still_on(date(2024, 3, 1))
    factories.make_round(100_000, state="signed", envelopes={"group-2": 10_000_000})
    request.refresh_from_db()
    return request


def test_what_was_granted_in_two_rounds_goes_back_to_both(twice):
    first, second = Commitment.objects.order_by("id")
    assert min(first.yearly_cents, second.yearly_cents) > 0
    officer = factories.make_actor()
    budget = care.start_budget(twice, by=officer, on=clock.today())
    clock.stand_still_on(date(2024, 6, 30))
    care.end_budget(budget, by=officer, on=clock.today(), reason="stopped")
    used = {
        one.pk: one.committed_cents - for_months(one.yearly_cents, date(2024, 7, 1), date(2024, 12, 31), 2024)
        for one in (first, second)
    }
    ended = Commitment.objects.order_by("id").values_list("pk", "committed_cents", "yearly_cents")
    assert list(ended) == [(pk, cents, 0) for pk, cents in used.items()]
    assert verify.run() == []


def test_what_is_left_out_of_the_line_or_stays_on_it_is_found(line, signed):
    before = Posting.objects.filter(target__name="granted").first()
    waiting = Request.objects.get(state="waiting")
    entry = Entry.objects.create(
        programme=factories.PROGRAMME, kind="granted", holds_from=ON, recorded_at=clock.now()
    )
    Posting.objects.create(
        entry=entry, source=before.source, target=before.target, amount_cents=1, request=waiting
    )
    Commitment.objects.update(yearly_cents=2 * COST + 1)
    found = {one.name: one.where for one in verify.run()}
    assert found["grant_is_committed_on_its_line"] == (f"PB: entry {entry.pk}",)
    assert found["rounds_weigh_no_more_than_is_promised"] == (f"PB: {2 * COST + 1} > {2 * COST}",)


def shown_of(line: Line) -> tuple[list, list]:
    """Of each commitment what it shows, and of each entry beside credits its kind, its amounts and why not."""
    rows = [
        (one.committed_cents, one.paid_cents, one.open_cents, one.yearly_cents, one.why_hidden)
        for one in commitments_of(line, 2024)
    ]
    entries = [
        (one.kind, [cents for _, _, cents in one.movements], one.why_hidden)
        for one in entries_of(line, 2024)
        if one.kind != "credited"
    ]
    assert [one for one in who_decided_what(line, 2024) if one not in entries_of(line, 2024)] == []
    return rows, entries


def test_amounts_of_fewer_persons_than_the_threshold_are_not_shown_but_the_line_is_exact(line):
    threshold = region.current().disclosure.threshold
    few = Text(
        f"minder dan {threshold} personen: bedrag niet getoond",
        f"fewer than {threshold} persons: amount not shown",
    )
    factories.make_credit(10_000_000)
    make_credit(line, 1_000_000, kind="revised", on=ON)
    factories.make_queue(1)
    factories.make_round(100_000, state="signed")
    assert shown_of(line) == ([(None,) * 4 + (few,)], [("committed", [None], few)])
    assert ours()[1:] == (LEFT, 0, COST)
    commitment = Commitment.objects.get()
    part = [PaymentOf(commitment.pk, LEFT)]
    actions.request_payments(part, by=command(), on=ON, text="Order of one")
    actions.settle_payments(part, by=command(), on=ON, text="Order of one")
    factories.make_queue(threshold)
    factories.make_round(threshold * 60_000, state="signed")
    rows, entries = shown_of(line)
    all_, yearly = threshold * LEFT, threshold * COST
    assert rows == [(None,) * 4 + (few,), (all_, 0, all_, yearly, None)]
    paid = Text("betaald aan personen: bedrag niet hier getoond", "paid to persons: amount not shown here")
    assert entries == [
        ("committed", [all_], None),
        ("settled", [None], paid),
        ("requested", [None], paid),
        ("committed", [None], few),
    ]
    assert ours()[1:] == (LEFT + all_, LEFT, COST + yearly)
    client = Client()
    client.force_login(factories.make_user("reader"))
    address = "/en/money/lines/PB/?year=2024"
    files = [client.get(f"{address}&download={what}").content.decode() for what in ("commitments", "entries")]
    money = [f"{cents // 100}.{cents % 100:02d}" for cents in (LEFT, COST, all_, yearly)]
    assert [[amount in file for amount in money] for file in files] == [
        [False, False, True, True],
        [False, False, True, False],
    ]
    page = client.get(address).content.decode()
    assert [page.count(why.en) for why in (few, paid)] == [2, 2]
