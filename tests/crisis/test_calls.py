"""Calls: who takes them and when, who stays anonymous, what may be written down, and how long names are kept."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from tests.crisis.making import (
    COMMAND,
    MOTHER,
    SON,
    end_shifts,
    make_call,
    make_search,
    make_shelter,
    make_worker,
    of,
)
from veerkracht.region.crisis import ShiftKind
from veerkracht.register import clock
from veerkracht.register.crisis import actions, resealing
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, CallBack, KnownPerson, Search, Shift
from veerkracht.register.crisis.plain_words import looks_like_a_name
from veerkracht.register.crisis.queries.desk import call_page, call_view
from veerkracht.register.crisis.queries.families import same_family_elsewhere
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.sealing import keys, new_key
from veerkracht.rulebook.types import Text

NIGHT = ShiftKind("night", Text("nacht", "night"), time(23), time(7))
DAY = ShiftKind("day", Text("dag", "day"), time(7), time(15))


@pytest.mark.parametrize(
    ("at", "ends", "hours"),
    [
        # An ordinary night; the one in which the clock goes forward at two; the one in which it goes back at three.
        (datetime(2024, 1, 15, 22, 0, tzinfo=UTC), datetime(2024, 1, 16, 6, 0, tzinfo=UTC), 8),
        (datetime(2024, 3, 30, 22, 0, tzinfo=UTC), datetime(2024, 3, 31, 5, 0, tzinfo=UTC), 7),
        (datetime(2024, 10, 26, 21, 0, tzinfo=UTC), datetime(2024, 10, 27, 6, 0, tzinfo=UTC), 9),
        # In the hour that comes twice, the second time.
        (datetime(2024, 10, 27, 1, 30, tzinfo=UTC), datetime(2024, 10, 27, 6, 0, tzinfo=UTC), 4.5),
    ],
)
def test_a_night_shift_ends_at_seven_by_the_wall_also_when_the_clock_changes(at, ends, hours):
    found = NIGHT.ends(at, "Europe/Brussels")
    assert (found, (found - at) / timedelta(hours=1)) == (ends, hours)


@pytest.mark.parametrize(("hour", "runs"), [(4, False), (5, True), (13, True), (14, False)])
def test_a_shift_can_be_started_from_an_hour_before(hour, runs):
    assert (DAY.ends(datetime(2024, 1, 15, hour, 30, tzinfo=UTC), "Europe/Brussels") is not None) == runs


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Mevrouw Peeters belt terug", True),
        ("ze belde met Jan Peeters gisteren", True),
        ("ze belde met Fatima El Idrissi", True),
        ("Politie rijdt mee", False),
        ("komt van Sint-Niklaas", False),
        ("Ilse weet het", False),
    ],
)
def test_what_looks_like_a_name(text, is_name):
    assert looks_like_a_name(text) == is_name


@pytest.mark.django_db
def test_a_call_is_kept_once_whoever_sends_it_twice(worker):
    reference = uuid4()
    calls = [make_call(worker, reference=reference) for _ in range(2)]
    assert (calls[0], Call.objects.count(), calls[0].anonymous) == (calls[1], 1, True)


@pytest.mark.django_db
def test_what_came_while_the_network_was_away_is_of_the_shift_of_then(worker):
    shift = Shift.objects.get()
    at = shift.from_at
    end_shifts()
    with pytest.raises(Invalid) as late:
        make_call(worker, at=at + timedelta(seconds=1))
    assert late.value.field in ("shift", "at")
    call = make_call(worker, at=at - timedelta(minutes=5))
    assert (call.shift, call.at) == (shift, at - timedelta(minutes=5))
    for wrong in (at - timedelta(hours=25), clock.now() + timedelta(minutes=1)):
        with pytest.raises(Invalid) as fault:
            make_call(worker, at=wrong)
        assert fault.value.field == "at"


@pytest.mark.django_db
def test_nobody_becomes_known_but_by_a_worker_s_own_step(worker):
    named, anonymous = make_call(worker), make_call(worker)
    actions.identify(named, [MOTHER, SON], by=worker)
    search = make_search(make_worker("Desk South"), make_call(make_worker("Desk South")))
    assert same_family_elsewhere(make_worker("Desk South"), search) == []
    assert [call_view(worker, one.number).known for one in (named, anonymous)] == [(MOTHER, SON), ()]
    with pytest.raises(Conflict):
        actions.identify(named, [MOTHER], by=worker)


@pytest.mark.django_db
def test_the_same_family_at_two_desks_is_a_hint_without_a_desk_or_a_place(worker):
    south = make_worker("Desk South")
    calls = [make_call(worker), make_call(south)]
    actions.identify(calls[0], [MOTHER, SON], by=worker)
    # Given in another sequence, and without accents: the same mother.
    turned = Identity("Fassi El", "AMINA", MOTHER.birth_date)
    actions.identify(calls[1], [turned], by=south)
    first, second = make_search(worker, calls[0]), make_search(south, calls[1])
    (hint,) = same_family_elsewhere(south, second)
    assert (hint.since, hint.has_a_place) == (first.made_at, False)
    actions.hold_for(first, make_shelter(), by=worker)
    assert [one.has_a_place for one in same_family_elsewhere(south, second)] == [True]
    actions.release(first, by=worker)
    actions.end_search(first, by=worker)
    assert same_family_elsewhere(south, second) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        Identity("", "El Fassi", date(1990, 5, 17)),
        Identity("Amina", "El Fassi", date(2025, 5, 17)),
        Identity("Amina", "El Fassi", date(1890, 5, 17)),
        Identity("Amina", "El Fassi", date(1990, 5, 17), role="dog"),
        Identity("A" * 101, "El Fassi", date(1990, 5, 17)),
    ],
)
def test_a_person_who_can_not_be_is_refused_without_repeating_the_name(worker, wrong):
    call = make_call(worker)
    with pytest.raises(Invalid) as fault:
        actions.identify(call, [wrong], by=worker)
    assert (fault.value.field, "Fassi" in str(fault.value.text), KnownPerson.objects.count()) == (
        "people",
        False,
        0,
    )


@pytest.mark.django_db
def test_names_stand_in_no_log_line_and_in_no_column(worker):
    call = make_call(worker)
    actions.identify(call, [MOTHER], by=worker)
    search = make_search(worker, call, avoid_names=("Karim Bakkali",))
    shelter = make_shelter("House Fable", secret=True, address="Hidden Lane 7")
    actions.hold_for(search, shelter, by=worker)
    actions.confirm(search, by=worker, transport="own")
    kept = " ".join(f"{one.object_id} {one.purpose} {one.detail}" for one in LogEntry.objects.all())
    kept += " ".join(KnownPerson.objects.values_list("sealed", flat=True)) + Search.objects.get().avoid_names
    assert [word for word in ("Amina", "Fassi", "Karim", "Bakkali", "Hidden Lane") if word in kept] == []


@pytest.mark.django_db
def test_a_note_holds_no_name_of_its_call_whatever_is_said_of_it(worker):
    call = make_call(worker)
    actions.identify(call, [MOTHER], by=worker)
    make_search(worker, call, avoid_names=("Karim Bakkali",))
    for note in ("amina was calm", "the man (bakkali) is away"):
        with pytest.raises(Invalid, match="A name of this call stands here") as fault:
            actions.consult(call, by=worker, advice=["listened"], note=note, is_sure=True)
        assert fault.value.field == "note"
    actions.consult(call, by=worker, advice=["listened"], note="calm now, safe until tomorrow")
    with pytest.raises(Conflict):
        actions.consult(call, by=worker, advice=["listened"])


@pytest.mark.django_db
def test_who_may_not_take_calls_takes_none(db):
    for role in ("officer", "admission", "reader"):
        with pytest.raises(Refused):
            make_call(of("Elsewhere", role))
    with pytest.raises(Invalid):
        actions.start_shift(by=make_worker(on_duty=False), kind="night")
    worker = make_worker()
    with pytest.raises(Conflict, match="You are on a shift already"):
        actions.start_shift(by=worker, kind="day")


@pytest.mark.django_db
def test_a_call_back_is_done_once_and_its_number_is_not_kept(worker):
    call = make_call(worker)
    back = actions.promise_call_back(call, by=worker, in_minutes=60, how="0470 00 00 00")
    for wrong in (
        {"in_minutes": 0},
        {"in_minutes": 60 * 24 * 40},
        {"how": " "},
    ):
        with pytest.raises(Invalid):
            actions.promise_call_back(call, by=worker, **{"in_minutes": 30, "how": "x", **wrong})
    sealed = back.sealed
    actions.called_back(back, by=worker, answer="reached", version=0)
    for version in (None, 0):
        with pytest.raises(Conflict, match="called back already"):
            actions.called_back(back, by=worker, answer="reached", version=version)
    assert CallBack.objects.get().sealed != sealed


@pytest.mark.django_db
def test_names_are_kept_no_longer_than_the_region_says(worker):
    old, placed, young = (make_call(worker) for _ in range(3))
    people = (MOTHER, SON, Identity("Other", "Somebody", date(1980, 1, 1)))
    for call, person in zip((old, placed, young), people, strict=True):
        actions.identify(call, [person], by=worker)
        facts = {"schools": ("south",)} if call == old else {"avoid_names": ("Karim Bakkali",)}
        search = make_search(worker, call, **facts)
        if call == placed:
            actions.hold_for(search, make_shelter(), by=worker)
    long_ago = clock.now() - timedelta(days=31)
    Call.objects.exclude(pk=young.pk).update(at=long_ago, recorded_at=long_ago)
    assert actions.forget_names(by=COMMAND) == 1
    assert set(KnownPerson.objects.values_list("call", flat=True)) == {placed.pk, young.pk}
    kept = [bool(one.avoid_names or one.schools) for one in Search.objects.order_by("call")]
    assert kept == [False, True, True]
    assert actions.forget_names(by=COMMAND) == 0


@pytest.mark.django_db
def test_calls_are_listed_page_by_page_in_as_many_queries(worker, django_assert_num_queries):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_search(worker, make_call(worker))
        with clock.one_look(), django_assert_num_queries(3) as made:
            page = call_page(worker, size=10)
        counts.append((len(page.calls), len(made)))
    assert counts == [(1, 3), (3, 3)]
    first = call_page(worker, size=2)
    assert len(call_page(worker, after=first.after, size=2).calls) == 1
    assert call_page(make_worker("Desk South")).calls == ()
    with pytest.raises(Invalid):
        call_page(worker, after="C-9999999")


@pytest.mark.django_db
def test_when_keys_are_replaced_everybody_is_found_and_read_by_the_new_one(worker, settings):
    call = make_call(worker)
    actions.identify(call, [MOTHER], by=worker)
    search = make_search(worker, call, avoid_names=("Karim Bakkali",))
    make_shelter("House Fable", secret=True, address="Hidden Lane 7", phone="0471 00 00 00")
    actions.promise_call_back(call, by=worker, in_minutes=60, how="0470 00 00 00")
    old, newest = keys(), new_key()
    settings.DATA_KEYS = [newest, *old]
    assert resealing.under_older_keys() == 5
    assert (resealing.reseal(), resealing.under_older_keys()) == (5, 0)
    settings.DATA_KEYS = [newest]
    south = make_worker("Desk South")
    other = make_call(south)
    actions.identify(other, [MOTHER], by=south)
    assert len(same_family_elsewhere(south, make_search(south, other))) == 1
    assert (call_view(worker, call.number).known, search.number) == ((MOTHER,), search.number)
