"""Counts of staff: who may report them, what can't be, and how one is corrected without losing the old one."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.staff.conftest import SOURCE, TODAY, agency, make_count, make_home, of
from tests.supply.conftest import of_another
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff import access, actions
from veerkracht.register.staff.facts import CountFigures, FlowFigures, TrainingFigures
from veerkracht.register.staff.models import StaffCount, StaffFlow, TrainingInflow
from veerkracht.register.supply.models import Staffing

GOOD = {"persons": 10, "fte_hundredths": 850, "vacancies": 2, "sick_per_thousand": 110}


def test_an_organisation_reports_its_own_staff_and_everybody_who_may_reads_it(home, admission, analyst):
    count = actions.record_count(
        of(home), TODAY, CountFigures(**GOOD, over_50=4), by=admission, source=SOURCE
    )
    assert [one.pk for one in access.list_counts(analyst)] == [count.pk]
    assert (count.by_name, count.version, count.under_30, count.over_50) == (admission.name, 1, None, 4)
    assert Staffing.objects.values_list("profession", "holds_from", "fte_hundredths").get() == (
        "nurse",
        TODAY,
        850,
    )
    entry = LogEntry.objects.get(object_type="staffcount", verb="create")
    assert (entry.user_name, entry.detail["on"]) == (admission.name, "2024-01-15")
    assert verify.run() == []


def test_another_organisation_can_not_be_reported_for_nor_learned_of(home, admission):
    stranger = of_another("admission")
    other = make_home("Elsewhere", organisation="Another house")
    count = make_count(other)
    texts = set()
    for act in (
        lambda: actions.record_count(of(home), TODAY, CountFigures(**GOOD), by=stranger, source=SOURCE),
        lambda: actions.record_count(of(), TODAY, CountFigures(**GOOD), by=stranger, source=SOURCE),
        lambda: actions.correct_count(count, CountFigures(persons=1), by=admission, reason="x"),
        lambda: actions.record_training(
            "nurse", 2023, TrainingFigures(first_year=1), by=admission, source="x"
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        texts.add(str(refused.value))
    assert (texts, StaffCount.objects.count()) == ({Refused.TEXT.nl}, 1)
    assert list(access.list_own_organisations(stranger)) == [Organisation.objects.get(name="Another house")]


def test_who_only_reads_reports_nothing(home, analyst):
    with pytest.raises(Refused):
        actions.record_count(of(home), TODAY, CountFigures(**GOOD), by=analyst, source=SOURCE)
    for gate in (access.list_counts, access.list_flows, access.list_training, access.list_staffed_services):
        with pytest.raises(Refused):
            gate(factories.make_actor("officer"))


def test_counts_of_a_secret_service_are_its_own_organisations(admission, analyst):
    refuge = make_home("Refuge", organisation="Another house", secret=True)
    hidden = make_count(refuge)
    stranger = of_another("admission")
    assert [list(access.list_counts(one)) for one in (admission, analyst, stranger)] == [[], [], [hidden]]
    assert list(access.list_staffed_services(analyst)) == []
    said = set()
    for id in (hidden.pk, 10**9):
        with pytest.raises(Refused) as refused:
            access.get_count(admission, id)
        said.add(str(refused.value))
    assert (said, access.get_count(stranger, hidden.pk)) == ({Refused.TEXT.nl}, hidden)


def test_a_role_for_one_programme_sees_no_services_of_others(home):
    make_count(home)
    whole = make_count(profession="other")
    narrow = factories.make_actor("analyst", programme="youth-help")
    assert list(access.list_counts(narrow)) == [whole]


TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("field", "figures", "about"),
    [
        ("fte", {"persons": 8, "fte_hundredths": 801}, {}),
        ("persons", {"persons": -1}, {}),
        ("vacancies", {"vacancies": 10**9}, {}),
        ("sick_share", {"sick_per_thousand": 1001}, {}),
        ("over_50", {"persons": 3, "under_30": 2, "over_50": 2}, {}),
        ("persons", {}, {}),
        ("on", GOOD, {"on": TOMORROW}),
        ("profession", GOOD, {"profession": "wizard"}),
        ("sector", GOOD, {"sector": "mining"}),
        ("area", GOOD, {"area": "99999"}),
        ("source", GOOD, {"source": " "}),
    ],
)
def test_what_a_count_can_not_say_is_said_at_its_field(admission, field, figures, about):
    on, source = about.pop("on", TODAY), about.pop("source", SOURCE)
    with pytest.raises(Invalid) as fault:
        actions.record_count(of(**about), on, CountFigures(**figures), by=admission, source=source)
    assert (fault.value.field, StaffCount.objects.count()) == (field, 0)
    assert ("Gevonden" in fault.value.text.nl, "Found" in fault.value.text.en) == (True, True)


def test_a_service_is_counted_where_it_is_and_for_its_own_organisation(home):
    other = Organisation.objects.create(name="Another house", kind="provider")
    command = Actor.for_command("tests")
    for facts, field in (({"area": "11002"}, "area"), ({"organisation": other}, "service")):
        with pytest.raises(Invalid) as fault:
            actions.record_count(of(home, **facts), TODAY, CountFigures(**GOOD), by=command, source=SOURCE)
        assert fault.value.field == field


def test_the_same_count_twice_is_refused_and_a_correction_stands_beside_the_old_one(home, admission):
    first = actions.record_count(of(home), TODAY, CountFigures(**GOOD), by=admission, source=SOURCE)
    with pytest.raises(Invalid, match="Voor deze dag en dit beroep is er al een telling"):
        actions.record_count(of(home), TODAY, CountFigures(**GOOD), by=admission, source=SOURCE)
    better = CountFigures(persons=9, fte_hundredths=700)
    with pytest.raises(Invalid) as fault:
        actions.correct_count(first, better, by=admission, reason=" ")
    assert fault.value.field == "reason"
    second = actions.correct_count(first, better, by=admission, reason="Twee keer geteld")
    assert (second.version, second.replaces, second.source) == (2, first, SOURCE)
    assert list(access.list_counts(admission)) == [second]
    assert StaffCount.objects.get(pk=first.pk).fte_hundredths == 850
    assert Staffing.objects.get().fte_hundredths == 700
    # Who looked at the old one while somebody corrected it.
    with pytest.raises(Conflict):
        actions.correct_count(first, CountFigures(persons=8), by=admission, reason="Te laat")
    assert (StaffCount.objects.count(), verify.run()) == (2, [])


def test_unknown_stays_unknown(home):
    make_count(home, persons=12)
    assert (StaffCount.objects.get().fte_hundredths, Staffing.objects.get().fte_hundredths) == (None, None)


YEAR = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("field", "period", "figures"),
    [
        ("until", (date(2023, 2, 1), date(2023, 1, 31)), {"quit": 1}),
        ("until", (date(2023, 2, 1), TOMORROW), {"quit": 1}),
        ("until", (date(2022, 1, 1), date(2023, 12, 31)), {"quit": 1}),
        ("retired", YEAR, {"retired": -1}),
        ("starters", YEAR, {}),
    ],
)
def test_who_left_has_a_period(admission, field, period, figures):
    with pytest.raises(Invalid) as fault:
        actions.record_flow(of(), period, FlowFigures(**figures), by=admission, source=SOURCE)
    assert (fault.value.field, StaffFlow.objects.count()) == (field, 0)


def test_periods_of_the_same_staff_do_not_overlap_and_are_corrected(admission):
    flow = actions.record_flow(of(), YEAR, FlowFigures(starters=3, quit=1), by=admission, source=SOURCE)
    for period in (YEAR, (date(2023, 12, 31), date(2024, 1, 10))):
        with pytest.raises(Invalid) as fault:
            actions.record_flow(of(), period, FlowFigures(quit=2), by=admission, source=SOURCE)
        assert fault.value.field == "from"
    new = actions.correct_flow(flow, FlowFigures(starters=4), by=admission, reason="Een vergeten")
    assert ([one.starters for one in access.list_flows(admission)], new.quit) == ([4], None)
    actions.record_flow(of(profession="other"), YEAR, FlowFigures(moved=1), by=admission, source=SOURCE)
    assert StaffFlow.objects.count() == 3


def test_training_is_of_the_region_once_a_year():
    command = Actor.for_command("tests")
    first = actions.record_training(
        "nurse", 2023, TrainingFigures(first_year=7000), by=command, source=SOURCE
    )
    for profession, year, field in (
        ("nurse", 2023, "school_year"),
        ("wizard", 2023, "profession"),
        ("nurse", 2030, "school_year"),
    ):
        with pytest.raises(Invalid) as fault:
            actions.record_training(profession, year, TrainingFigures(graduates=1), by=command, source=SOURCE)
        assert fault.value.field == field
    new = actions.correct_training(first, TrainingFigures(first_year=7046), by=command, reason="Definitief")
    assert list(access.list_training(command)) == [new]
    assert TrainingInflow.objects.count() == 2


def test_the_database_itself_lets_nothing_be_changed_and_no_sum_be_wrong(home):
    count = make_count(home)
    facts = {
        "organisation": agency(),
        "profession": "nurse",
        "sector": "home-care",
        "area": "11001",
        "on": TODAY,
    }
    words = {"source": SOURCE, "by_name": "A", "recorded_at": count.recorded_at}
    for wrong in (
        {"persons": 1, "fte_hundredths": 101},
        {"persons": 1, "over_50": 2},
        {"sick_per_thousand": 1001},
        {"version": 2},
        {"source": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffCount.objects.create(**{**facts, **words, **wrong})
    for change in ("UPDATE staff_staffcount SET persons = 1", "DELETE FROM staff_staffcount"):
        with (
            pytest.raises(IntegrityError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as row,
        ):
            row.execute(change)
    assert StaffCount.objects.count() == 1
