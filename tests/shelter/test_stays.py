"""A stay in crisis: its clocks, who agrees, an extension, the end, and the hand-over to longer help."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.crisis import making as desk
from tests.factories import make_actor
from tests.shelter.making import DAUGHTER, make_stay, of_shelter, pass_hours
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions import Meeting, note
from veerkracht.register.cases.queries.consultations import get_consultation
from veerkracht.register.crisis import actions as crisis
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import KnownPerson, Search
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import CaseWorker, Notice
from veerkracht.register.shelter.access import get_stay
from veerkracht.register.shelter.actions import alarms, consents, consulting, handing_over, stays
from veerkracht.register.shelter.models import Alarm, CrisisStay, Guest
from veerkracht.register.shelter.queries import one_stay
from veerkracht.register.supply.models import Hold

pytestmark = pytest.mark.django_db
MEETING = Meeting(
    programme="home-place", ground="round-table", purpose="Is it safe to go home?", fields=["request"]
)


def facts(stay: CrisisStay) -> tuple[object, ...]:
    """What must not have changed when something is refused."""
    stay.refresh_from_db()
    return stay.state, stay.consent, stay.due_at, stay.extensions, stay.version, stay.steps.count()


def test_a_confirmed_place_is_a_stay_with_its_people_and_two_clocks(worker):
    stay = make_stay(worker, children=(7, 3))
    guests = [(one.role, one.age, one.known_id is not None) for one in stay.guests.order_by("sequence")]
    assert guests == [("adult", 33, True), ("child", 7, True), ("child", 3, False)]
    hours = [(due - stay.from_at) / timedelta(hours=1) for due in (stay.due_at, stay.consent_due_at)]
    assert (stay.norm, hours, stay.consent) == ("short-stay", [100, 24], "unclear")


def test_an_adult_alone_needs_nobody_to_agree(worker):
    stay = make_stay(worker, people=(), children=())
    assert (stay.consent, stay.consent_due_at, stay.guests.count()) == ("not-needed", None, 1)


def test_from_an_age_the_young_person_agrees_as_well_as_a_parent_and_one_no_is_no(worker):
    stay = make_stay(worker, people=(desk.MOTHER, DAUGHTER), children=(15,))
    girl = stay.guests.get(role="child")
    said = []
    for voice, agreed in (("parent", True), ("own", True), ("own", False)):
        consents.record_consent(girl, by=worker, voice=voice, agreed=agreed)
        stay.refresh_from_db()
        said.append((stay.consent, stay.consent_due_at is None))
    assert said == [("unclear", False), ("given", True), ("refused", False)]


def test_under_that_age_only_a_parent_agrees(worker, stay):
    boy = stay.guests.get(role="child")
    before = facts(stay)
    with pytest.raises(Invalid, match="asked at this age: parent"):
        consents.record_consent(boy, by=worker, voice="own", agreed=True)
    assert facts(stay) == before
    consents.record_consent(boy, by=of_shelter(stay), voice="parent", agreed=True, how="written")
    assert facts(stay)[1] == "given"


def test_a_decision_in_law_stands_in_for_consent_once(worker, stay):
    consents.rest_on(stay, by=worker, ground="mayor")
    stay.refresh_from_db()
    assert (stay.consent, stay.consent_due_at, stay.ground) == ("not-needed", None, "mayor")
    with pytest.raises(Conflict, match="rests on a decision already"):
        consents.rest_on(stay, by=worker, ground="mayor")
    with pytest.raises(Invalid, match="There are: mayor"):
        consents.rest_on(make_stay(worker, people=()), by=worker, ground="king")


def test_only_a_decision_with_a_reason_makes_a_stay_longer_and_not_for_ever(worker, stay):
    before, due = facts(stay), stay.due_at
    for days, why, said in ((4, "No home yet", "1 to 3 days; asked: 4"), (2, " ", "Say why")):
        with pytest.raises(Invalid, match=said):
            stays.extend(stay, by=worker, days=days, why=why)
    with pytest.raises(Invalid, match="name of this call"):
        stays.extend(stay, by=worker, days=2, why="Amina has no home yet")
    with pytest.raises(Conflict, match="Somebody else"):
        stays.extend(stay, by=worker, days=2, why="No home yet", version=0)
    assert facts(stay) == before
    for _ in range(2):
        stays.extend(stay, by=worker, days=2, why="No home yet")
    stay.refresh_from_db()
    assert stay.due_at - due == timedelta(days=4)
    with pytest.raises(Conflict, match="extended 2 times; at most: 2"):
        stays.extend(stay, by=worker, days=1, why="Still none")


def test_who_leaves_gives_the_place_back_and_the_family_may_be_placed_again(worker, stay):
    before = facts(stay)
    with pytest.raises(Invalid, match="There are: home, longer-help"):
        stays.end_stay(stay, by=worker, reason="bored")
    # Told by the clock on the wall: the day alone would not say what is wrong.
    with pytest.raises(Invalid, match=r"from 15-01-2024 09:\d\d until now; found: 15-01-2024 08:\d\d"):
        stays.end_stay(stay, by=worker, reason="home", at=stay.from_at - timedelta(hours=1))
    with pytest.raises(Invalid, match="with its time zone; found: 15-01-2024"):
        stays.end_stay(stay, by=worker, reason="home", at=stay.from_at.replace(tzinfo=None))
    assert facts(stay) == before
    stays.end_stay(stay, by=of_shelter(stay), reason="home")
    stay.refresh_from_db()
    search = Search.objects.get(pk=stay.search_id)
    assert (stay.state, stay.end_reason, search.state) == ("ended", "home", "ended")
    assert (Hold.objects.get().state, KnownPerson.objects.filter(holds=True).count()) == ("released", 0)
    with pytest.raises(Conflict, match="ended already"):
        stays.end_stay(stay, by=worker, reason="home")


def test_alarms_are_raised_once_told_to_desk_and_shelter_and_settled_by_what_follows(worker, stay):
    command = desk.COMMAND
    nurse = of_shelter(stay)
    assert alarms.raise_alarms(by=command) == []
    pass_hours(stay, 25)
    raised = alarms.raise_alarms(by=command)
    assert [(one.clock, one.level) for one in raised] == [("consent", "over")]
    assert alarms.raise_alarms(by=command) == []
    told = set(Notice.objects.values_list("user", "kind"))
    assert told == {(who.user_id, "crisis-alarm-consent-over") for who in (worker, nurse)}
    consents.record_consent(stay.guests.get(role="child"), by=worker, voice="parent", agreed=True)
    pass_hours(CrisisStay.objects.get(), 70)
    assert [(one.clock, one.level) for one in alarms.raise_alarms(by=command)] == [("stay", "soon")]
    stays.extend(CrisisStay.objects.get(), by=worker, days=3, why="No home yet")
    settled = Alarm.objects.order_by("id").values_list("clock", "settled_by")
    assert list(settled) == [("consent", "consent"), ("stay", "extended")]


def test_one_verb_hands_a_family_over_with_what_is_known_and_not_where_they_are(worker, stay):
    requests = handing_over.hand_over(stay, by=worker, programme="home-place")
    people = [(one.person.given_name, one.person.birth_date.year, one.person.area) for one in requests]
    assert people == [("Amina", 1990, "north"), ("Ilyas", 2016, "north")]
    asked = Request.objects.order_by("pk")
    assert {one.bundle for one in asked} == {10**12 + stay.pk}
    text = asked[0].steps.get().text
    assert "kinderen (leeftijd): 7" in text
    assert stay.service.name not in text
    assert set(CaseWorker.objects.values_list("user", flat=True)) == {worker.user_id}
    with pytest.raises(Conflict, match="asked for those here already"):
        handing_over.hand_over(stay, by=worker, programme="home-place")
    with pytest.raises(Invalid, match="is not handed over to “day-money”"):
        handing_over.hand_over(stay, by=worker, programme="day-money")
    # Another kind of help, which is for children: the file that there is serves, and the mother asks for nothing.
    (boy_s,) = handing_over.hand_over(stay, by=worker, programme="family-team")
    assert boy_s.person.given_name == "Ilyas"
    assert (Person.objects.count(), Request.objects.count()) == (2, 3)
    assert one_stay.stay(worker, stay.pk).programmes == {}


def test_a_consultation_is_held_before_any_help_is_asked_and_its_notes_are_for_its_participants(worker, stay):
    colleague = make_actor("case-worker")
    mother = stay.guests.get(role="adult")
    made = consulting.consult(mother, MEETING, by=worker, members=[colleague.membership])
    note(made, by=worker, text="The school knows nothing yet")
    for member in (worker, colleague):
        view = get_consultation(member, made.pk)
        assert (str(view.person), [one.text for one in view.notes]) == (
            "Amina El Fassi",
            ["The school knows nothing yet"],
        )
    assert (Person.objects.count(), Request.objects.count(), stay.steps.count()) == (1, 0, 1)
    assert [one.purpose for one in one_stay.stay(worker, stay.pk).meetings] == [MEETING.purpose]
    # Who sees the stay and takes no part learns of nothing, and the file that was made serves for longer help.
    assert one_stay.stay(of_shelter(stay), stay.pk).meetings == ()
    with pytest.raises(Refused):
        get_consultation(of_shelter(stay), made.pk)
    handing_over.hand_over(CrisisStay.objects.get(), by=worker, programme="home-place", guests=[mother])
    assert Request.objects.get().person_id == made.person_id
    # Nobody is consulted on whom nobody knows; nobody alone.
    unknown = make_stay(worker, people=(), children=()).guests.get()
    for guest, members, field in ((unknown, [colleague.membership], "guests"), (mother, [], "members")):
        with pytest.raises(Invalid) as fault:
            consulting.consult(guest, MEETING, by=worker, members=members)
        assert fault.value.field == field


def test_nobody_is_handed_over_whom_nobody_knows(worker):
    stay = make_stay(worker, people=())
    with pytest.raises(Invalid, match="Nobody of this stay is known by name"):
        handing_over.hand_over(stay, by=worker, programme="home-place")
    assert (Person.objects.count(), facts(stay)[-1]) == (0, 1)


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param(lambda: desk.make_worker("Desk South"), id="another desk"),
        pytest.param(lambda: desk.of("Elsewhere", "admission"), id="another shelter"),
        pytest.param(lambda: make_actor("officer"), id="an officer"),
    ],
)
def test_of_a_stay_elsewhere_nobody_learns_that_it_exists(stay, stranger):
    actor, child = stranger(), stay.guests.get(role="child")
    before = facts(stay)
    said = set()
    for id in (stay.pk, stay.pk + 999):
        with pytest.raises(Refused) as refused:
            get_stay(actor, id)
        said.add(str(refused.value))
    assert len(said) == 1
    for verb in (
        lambda: stays.extend(stay, by=actor, days=1, why="because"),
        lambda: stays.end_stay(stay, by=actor, reason="home"),
        lambda: consents.record_consent(child, by=actor, voice="parent", agreed=True),
        lambda: consents.rest_on(stay, by=actor, ground="mayor"),
        lambda: handing_over.hand_over(stay, by=actor, programme="home-place"),
        lambda: consulting.consult(child, MEETING, by=actor, members=[]),
    ):
        with pytest.raises(Refused):
            verb()
    assert facts(stay) == before


def test_a_day_norm_ends_at_the_same_time_on_the_wall_when_summer_time_begins(worker, stay):
    night = datetime(2024, 3, 30, 2, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    CrisisStay.objects.update(due_at=night, from_at=night - timedelta(hours=90))
    stays.extend(CrisisStay.objects.get(), by=worker, days=1, why="No home yet")
    # On 31 March half past two does not exist: the clocks say half past three.
    due = CrisisStay.objects.get().due_at
    assert due == datetime(2024, 3, 31, 3, 30, tzinfo=night.tzinfo)


def test_guests_without_a_name_are_told_apart_by_age_alone(worker):
    stay = make_stay(worker, people=(desk.SON,), adults=1, children=(7, 7))
    named = Guest.objects.filter(stay=stay, known__isnull=False)
    assert ([one.age for one in stay.guests.order_by("sequence")], named.count()) == ([7, None, 7], 1)
    assert stay.from_at <= clock.now()


def test_who_says_later_who_they_are_is_known_where_they_stay_and_is_handed_over(worker):
    """Each adult, and each child of the age that was said; of a child of another age nothing is guessed."""
    stay = make_stay(worker, people=(), adults=1, children=(7, 15, 3))
    consents.record_consent(stay.guests.get(age=7), by=worker, voice="parent", agreed=True)
    before = CrisisStay.objects.get(pk=stay.pk).consent
    baby = Identity("Noor", "El Fassi", date(2023, 1, 1), role="child")
    crisis.identify(stay.search.call, [desk.MOTHER, desk.SON, DAUGHTER, baby], by=worker)
    view = one_stay.stay(worker, stay.pk)
    assert [(one.role, one.age, one.name.split(" ")[0]) for one in view.guests] == [
        ("adult", 33, "Amina"), ("child", 3, ""), ("child", 7, "Ilyas"), ("child", 15, "Sara"),
    ]  # fmt: skip
    assert (view.row.consent, [voice.agreed for voice in view.guests[2].voices]) == (before, [True])
    requests = handing_over.hand_over(view.row, by=worker, programme="home-place")
    assert sorted(one.person.given_name for one in requests) == ["Amina", "Ilyas", "Sara"]
