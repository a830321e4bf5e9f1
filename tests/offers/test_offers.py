"""A free place goes to who is next by the home's own rules: offered, answered, lapsed, passed over with a reason."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.offers.factories import (
    BUSY,
    TODAY,
    is_over,
    make_couple,
    make_line,
    make_rooms,
    make_vacancies,
    offered,
    officer_of,
    states,
    stranger,
)
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.constraints import broken
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice, Passing
from veerkracht.register.offers.models import Offer, OfferedPlace, OfferStep, PassedOver, Vacancy
from veerkracht.register.offers.queries.one import offer_letter
from veerkracht.register.offers.queries.proposal import proposal
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold

ARRIVES = TODAY + timedelta(days=4)


def kinds(row) -> list[str]:
    return list(row.steps.order_by("pk").values_list("kind", flat=True))


def test_a_place_is_offered_to_who_is_next_accepted_and_kept_for_their_arrival(home, admission):
    vacancy, (first, second) = make_vacancies(home, by=admission)[0], make_line(home, 2)
    offer = offered(vacancy, first, by=admission)
    hold = offer.places.get().hold
    # Three days, to the end of the last.
    until = datetime(2024, 1, 18, 23, 59, 59, tzinfo=ZoneInfo("Europe/Brussels"))
    assert (offer.until, hold.until, hold.request) == (until, until, first.request)
    assert (offer.place_in_order, offer.of_how_many, offer.signed_by) == (1, 2, admission.user)
    assert states(offer, vacancy, hold) == ["made", "offered", "held"]
    with pytest.raises(Conflict, match="Iemand anders heeft deze plaats intussen aangeboden"):
        offered(vacancy, second, by=admission, passing={first.pk: BUSY})
    offer = actions.accept_offer(offer, by=admission, arrives_on=ARRIVES, version=1)
    hold.refresh_from_db()
    assert (offer.arrives_on, hold.until.date() > ARRIVES) == (ARRIVES, True)
    assert states(offer, vacancy, hold) == ["accepted", "accepted", "held"]
    assert (kinds(offer), kinds(vacancy)) == (["made", "accepted"], ["open", "offered", "accepted"])
    assert verify.run() == []


def test_what_is_offered_just_after_midnight_is_of_that_day_by_the_clocks_of_the_region(
    home, admission, monkeypatch
):
    clock.stand_still_on(None)
    # Half past midnight in Brussels; elsewhere it is still the day before.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 1, 14, 23, 30, tzinfo=UTC))
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    offer = offered(vacancy, first, by=admission)
    assert offer_letter(admission, offer).on == TODAY
    care.withdraw(first.request, by=Actor.for_command("tests"), on=TODAY - timedelta(days=1))
    assert [step.holds_from for step in offer.steps.order_by("pk")] == [TODAY, TODAY]


def test_who_accepted_comes_and_their_stay_begins(home, admission):
    couple, vacancies = make_couple(home), make_vacancies(home, 2, by=admission)
    offer = actions.make_offer(vacancies, by=admission, choice=Choice(couple[0].pk))
    with pytest.raises(Conflict, match="Dit aanbod is nog niet aanvaard"):
        actions.admit(offer, by=admission)
    actions.accept_offer(offer, by=admission, arrives_on=ARRIVES)
    # Turnover was not done the day before.
    with pytest.raises(Invalid) as fault:
        actions.admit(offer, by=admission, on=TODAY - timedelta(days=1), version=2)
    assert (fault.value.field, states(offer, *couple)) == ("on", ["accepted", "waiting", "waiting"])
    actions.admit(offer, by=admission, on=TODAY, version=2)
    assert states(offer, *vacancies, *couple) == ["fulfilled", "filled", "filled", "admitted", "admitted"]
    assert [(one.person, one.stay.unit, one.from_date) for one in home.residences.order_by("pk")] == [
        (entry.request.person, vacancy.unit, TODAY) for entry, vacancy in zip(couple, vacancies, strict=True)
    ]
    assert (offer.arrives_on, kinds(offer), verify.run()) == (TODAY, ["made", "accepted", "fulfilled"], [])
    with pytest.raises(Conflict, match="Dit aanbod is al ingelost"):
        actions.admit(offer, by=admission)


@pytest.mark.parametrize(
    ("reason", "state", "until", "counts_from"),
    [
        ("wrong-room", "waiting", None, date(2023, 2, 1)),
        ("no-reason", "waiting", None, TODAY),
        ("too-early", "parked", TODAY + timedelta(days=182), date(2023, 2, 1)),
        ("other-place", "off", None, date(2023, 2, 1)),
    ],
)
def test_each_reason_to_decline_has_its_effect_and_the_place_waits_for_the_next(
    home, admission, reason, state, until, counts_from
):
    vacancy, (first, second) = make_vacancies(home, by=admission)[0], make_line(home, 2)
    offer = offered(vacancy, first, by=admission)
    hold = offer.places.get().hold
    actions.decline_offer(offer, by=admission, reason=reason, text="By telephone.", version=1)
    first.refresh_from_db()
    assert (first.state, first.parked_until, first.list_date) == (state, until, counts_from)
    assert states(offer, vacancy, hold) == ["declined", "open", "released"]
    step = offer.steps.last()
    assert (step.kind, step.reason, step.text, step.by_name) == (
        "declined",
        reason,
        "By telephone.",
        admission.name,
    )
    # The same place is for the next, whatever the answer does to the list; of another place they can be the first.
    if reason == "wrong-room":
        with pytest.raises(Invalid, match="Nam deze plaats niet"):
            offered(vacancy, first, by=admission)
        other = make_vacancies(home, by=admission)[0]
        assert [proposal(admission, one).first for one in (vacancy, other)] == [second.pk, first.pk]
    again = offered(vacancy, second, by=admission)
    passed = list(again.passed_over.values_list("entry", "reason"))
    assert (passed, verify.run()) == ([(first.pk, "declined-already")] if reason == "wrong-room" else [], [])


def test_an_answer_after_the_term_is_refused_and_the_offer_lapses_to_the_next(home, admission):
    vacancy, (first, second) = make_vacancies(home, by=admission)[0], make_line(home, 2)
    offer = is_over(offered(vacancy, first, by=admission))
    for answer in (
        lambda: actions.accept_offer(offer, by=admission, arrives_on=ARRIVES),
        lambda: actions.decline_offer(offer, by=admission, reason="price"),
    ):
        with pytest.raises(Conflict, match="De termijn van dit aanbod is voorbij"):
            answer()
    assert states(offer, vacancy) == ["made", "offered"]
    # Nobody need write it down before the place is offered to the next.
    again = offered(vacancy, second, by=admission)
    first.refresh_from_db()
    assert (first.state, first.parked_until) == ("parked", TODAY + timedelta(days=91))
    assert states(offer, again, vacancy) == ["lapsed", "made", "offered"]
    assert (offer.steps.last().reason, verify.run()) == ("no-answer", [])


def test_offers_that_nobody_answered_are_written_off_once_by_their_home_or_a_command(home, admission):
    vacancies, (first, second) = make_vacancies(home, 2, by=admission), make_line(home, 2)
    over, runs = (offered(*pair, by=admission) for pair in zip(vacancies, (first, second), strict=True))
    is_over(over)
    assert actions.lapse_offers(by=stranger()) == []
    assert [len(actions.lapse_offers(by=Actor.for_command("tests"))) for _ in range(2)] == [1, 0]
    assert states(over, runs) == ["lapsed", "made"]


def test_nobody_is_passed_over_without_a_reason_and_a_name(home, admission):
    vacancy, (first, second, third) = make_vacancies(home, by=admission)[0], make_line(home, 3)
    for passing, found in (
        ({}, "Zonder reden: 2; de eerste staat op plaats 1"),
        ({first.pk: BUSY}, "Zonder reden: 1; de eerste staat op plaats 2"),
        ({first.pk: BUSY, second.pk: Passing("not-reached", " ")}, "Zonder reden: 1"),
        ({first.pk: BUSY, second.pk: Passing("dislike", "Grumpy.")}, "Er is geen reden “dislike”"),
        ({first.pk: BUSY, second.pk: Passing("no-room-for-all", "…")}, "Er is geen reden “no-room-for-all”"),
    ):
        with pytest.raises(Invalid, match=found) as fault:
            offered(vacancy, third, by=admission, passing=passing)
        assert fault.value.field == "passing"
    assert (Offer.objects.count(), Hold.objects.count()) == (0, 0)
    offer = offered(vacancy, third, by=admission, passing={first.pk: BUSY, second.pk: BUSY})
    said = offer.passed_over.order_by("pk").values_list("entry", "reason", "by_name")
    assert list(said) == [
        (first.pk, "not-reached", admission.name),
        (second.pk, "not-reached", admission.name),
    ]
    assert offer.place_in_order == 3


@pytest.mark.parametrize("days", [0, -1, 15])
def test_a_term_is_a_day_to_as_long_as_the_region_allows(home, admission, days):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    with pytest.raises(Invalid) as fault:
        offered(vacancy, first, by=admission, days=days)
    assert (fault.value.field, Offer.objects.count()) == ("days", 0)


def test_a_term_that_would_end_when_offices_are_closed_runs_on_to_the_next_working_day(home, admission):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    # 20 January 2024 is a Saturday.
    offer = offered(vacancy, first, by=admission, days=5)
    assert offer.until.astimezone(ZoneInfo("Europe/Brussels")).date() == date(2024, 1, 22)


def test_nothing_is_offered_before_turnover_is_done_nor_while_the_place_is_closed(home, admission):
    (first,) = make_line(home, 1)
    later, closed = (
        make_vacancies(home, by=admission, ready_on=TODAY + timedelta(days=1))[0],
        make_vacancies(home, by=admission)[0],
    )
    supply.close_unit(closed.unit, by=admission, reason="works")
    for vacancy, field in ((later, "ready_on"), (closed, "unit")):
        with pytest.raises(Invalid) as fault:
            offered(vacancy, first, by=admission)
        assert fault.value.field == field
    moved = actions.move_vacancy(later, by=admission, ready_on=TODAY, why="Cleaned early.", version=1)
    assert offered(moved, first, by=admission).state == "made"


def test_a_vacancy_is_opened_once_with_the_days_of_turnover_and_withdrawn_with_a_reason(home, admission):
    taken, left, empty = make_rooms(home, 3)
    supply.hold_place(taken, by=admission, minutes=60)
    hold = supply.hold_place(left, by=admission, minutes=60)
    supply.confirm_hold(hold, by=admission, on=TODAY - timedelta(days=30))
    supply.release_hold(hold, by=admission, on=TODAY - timedelta(days=1))
    made = actions.note_vacancies(home, by=admission)
    assert [(one.unit, one.from_date, one.ready_on) for one in made] == [
        (left, TODAY - timedelta(days=1), TODAY + timedelta(days=2)),
        (empty, TODAY, TODAY + timedelta(days=3)),
    ]
    assert actions.note_vacancies(home, by=admission) == []
    with pytest.raises(Conflict, match="Deze plaats staat al bij de vrije plaatsen"):
        actions.open_vacancy(empty, by=admission)
    with pytest.raises(Conflict, match="Iemand houdt of heeft deze plaats nog"):
        actions.open_vacancy(taken, by=admission)
    coming = actions.open_vacancy(taken, by=admission, from_date=TODAY + timedelta(days=7))
    assert coming.ready_on == TODAY + timedelta(days=10)
    with pytest.raises(Invalid) as fault:
        actions.withdraw_vacancy(coming, by=admission, why=" ")
    gone = actions.withdraw_vacancy(coming, by=admission, why="The resident stays.", version=1)
    assert (fault.value.field, gone.state, kinds(gone)) == ("why", "withdrawn", ["open", "withdrawn"])
    with pytest.raises(Invalid) as fault:
        actions.open_vacancy(taken, by=admission, from_date=TODAY + timedelta(days=7), ready_on=TODAY)
    assert fault.value.field == "ready_on"


def test_who_comes_second_with_what_they_saw_is_told(home, admission):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    offer = offered(vacancy, first, by=admission)
    actions.decline_offer(offer, by=admission, reason="wrong-room", version=1)
    with pytest.raises(Conflict, match=r"Iemand anders heeft dit intussen gewijzigd\."):
        actions.accept_offer(offer, by=admission, arrives_on=ARRIVES, version=1)
    with pytest.raises(Conflict, match=r"Dit aanbod is al geweigerd\."):
        actions.withdraw_offer(offer, by=admission, why="A slip.")
    assert states(offer) == ["declined"]


@pytest.mark.parametrize("days", [-1, 15])
def test_who_accepts_says_a_day_on_which_the_place_is_still_kept(home, admission, days):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    offer = offered(vacancy, first, by=admission)
    with pytest.raises(Invalid) as fault:
        actions.accept_offer(offer, by=admission, arrives_on=TODAY + timedelta(days=days))
    assert (fault.value.field, states(offer)) == ("arrives_on", ["made"])


def test_a_home_takes_an_accepted_offer_back_with_a_reason_and_their_place_on_the_list_stays(home, admission):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    offer = offered(vacancy, first, by=admission)
    actions.accept_offer(offer, by=admission, arrives_on=ARRIVES)
    with pytest.raises(Invalid) as fault:
        actions.withdraw_offer(offer, by=admission, why="")
    actions.withdraw_offer(offer, by=admission, why="The daughter called: not this month.")
    assert (fault.value.field, states(offer, vacancy, first)) == ("why", ["withdrawn", "open", "waiting"])
    assert verify.run() == []


def test_the_person_or_who_speaks_for_them_answers_and_nobody_elses_family(home, admission):
    vacancy, (first, second) = make_vacancies(home, by=admission)[0], make_line(home, 2)
    offer = offered(vacancy, first, by=admission)
    own, other = (factories.make_own_actor(entry.request.person) for entry in (first, second))
    for act in (
        lambda: actions.accept_offer(offer, by=other, arrives_on=ARRIVES),
        lambda: actions.decline_offer(offer, by=other, reason="price"),
        lambda: actions.withdraw_offer(offer, by=own, why="…"),
    ):
        with pytest.raises(Refused):
            act()
    assert states(offer) == ["made"]
    # What a decline does is done for them too, whoever may keep the list.
    actions.decline_offer(offer, by=own, reason="no-reason")
    first.refresh_from_db()
    assert (first.list_date, offer.steps.last().by_name) == (TODAY, own.name)


def test_another_home_a_command_and_who_has_no_business_there_offer_nothing(home, admission):
    vacancy, (first,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    (room,) = make_rooms(home)
    offer = offered(vacancy, first, by=admission)
    for actor in (
        stranger(),
        Actor.for_command("tests"),
        factories.make_actor("officer"),
        officer_of(home, "analyst"),
    ):
        for act in (
            lambda by: offered(vacancy, first, by=by),
            lambda by: actions.open_vacancy(room, by=by),
            lambda by: actions.note_vacancies(home, by=by),
            lambda by: actions.move_vacancy(vacancy, by=by, ready_on=TODAY),
            lambda by: actions.withdraw_vacancy(vacancy, by=by, why="…"),
            lambda by: actions.accept_offer(offer, by=by, arrives_on=ARRIVES),
            lambda by: actions.decline_offer(offer, by=by, reason="price"),
            lambda by: actions.withdraw_offer(offer, by=by, why="…"),
        ):
            with pytest.raises(Refused) as refused:
                act(actor)
            assert str(refused.value) == Refused.TEXT.nl
    assert (Offer.objects.count(), Vacancy.objects.count(), states(offer)) == (1, 1, ["made"])


def test_each_step_is_logged_for_whom_it_is_about(home, admission):
    couple = make_couple(home)
    offer = actions.make_offer(
        make_vacancies(home, 2, by=admission), by=admission, choice=Choice(couple[0].pk)
    )
    actions.decline_offer(offer, by=admission, reason="price")
    logged = LogEntry.objects.filter(object_type="offer").order_by("pk").values_list("verb", "person_id")
    people = [entry.request.person_id for entry in couple]
    assert list(logged) == [(verb, person) for verb in ("create", "change") for person in people]


def test_the_database_itself_keeps_a_second_offer_out_and_what_happened_as_it_was(home, admission):
    vacancies, (first, second) = make_vacancies(home, 2, by=admission), make_line(home, 2)
    offer = offered(vacancies[0], second, by=admission, passing={first.pk: BUSY})
    place = offer.places.get()
    for name, act in (
        ("one_live_vacancy_per_unit", lambda: Vacancy.objects.create(
            unit=vacancies[0].unit, from_date=TODAY, ready_on=TODAY, updated_at=offer.made_at)),
        ("one_live_offer_per_entry", lambda: OfferedPlace.objects.create(
            offer=Offer.objects.create(service=home, made_at=offer.made_at, until=offer.until, place_in_order=1,
                                       of_how_many=1, signed_by=admission.user, signed_by_name="A",
                                       updated_at=offer.made_at),
            vacancy=vacancies[1], entry=second, hold=supply.hold_place(vacancies[1].unit, by=admission, minutes=5))),
        ("accepted_offer_has_an_arrival", lambda: Offer.objects.filter(pk=offer.pk).update(state="accepted")),
        ("append_only", lambda: OfferStep.objects.all().delete()),
        ("append_only", lambda: PassedOver.objects.update(text="")),
    ):  # fmt: skip
        with pytest.raises(IntegrityError) as fault, transaction.atomic():
            act()
        assert broken(fault.value) == name
    assert place.live is True
