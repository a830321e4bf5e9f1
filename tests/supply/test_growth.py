"""The growth calendar: awarded, postponed, lapsed, realised; and how long it took."""

from datetime import date

import pytest

from tests import factories
from tests.supply.conftest import of_another
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply import access, actions
from veerkracht.register.supply.growth_exports import HEADS, exported
from veerkracht.register.supply.models import Award
from veerkracht.register.supply.queries.growth import awards, lead_times, years


@pytest.fixture
def officer(day):
    return factories.make_actor("officer")


def awarded(by, name="Elm House", units=30, period_from=date(2021, 1, 1), **facts):
    owner, _ = Organisation.objects.get_or_create(name=name, defaults={"kind": "provider"})
    said = {
        "programme": "personal-budget",
        "kind": "new",
        "area": "11001",
        "source": "Calendar 2021",
        **facts,
    }
    new = actions.NewAward(units=units, period_from=period_from, on=date(2020, 6, 1), **said)
    return actions.award(owner, new, by=by)


def test_an_award_is_what_became_of_its_places_step_by_step(officer):
    award = awarded(officer)
    later = date(2022, 1, 1)
    award = actions.postpone(
        award, by=officer, on=date(2021, 3, 1), period_from=later, reason="Works", version=1
    )
    award = actions.realise(award, by=officer, on=date(2022, 7, 2), units=18, version=2)
    award = actions.lapse(award, by=officer, on=date(2023, 1, 1), units=5, reason="No money", version=3)
    assert (award.left, award.realised, award.lapsed, award.period_from) == (7, 18, 5, later)
    assert [(step.kind, step.units) for step in award.steps.order_by("pk")] == [
        ("awarded", 30),
        ("postponed", 30),
        ("realised", 18),
        ("lapsed", 5),
    ]
    (year,) = years(officer)
    assert (year.year, year.awarded, year.postponed, year.realised, year.lapsed, year.left) == (
        2021,
        30,
        30,
        18,
        5,
        7,
    )
    (lead,) = lead_times(officer)
    assert (lead.year, lead.kind, round(lead.median, 1), lead.places, lead.of) == (2021, "new", 6.0, 18, 30)
    assert verify.run() == []


def test_what_can_not_have_become_of_an_award_is_refused_and_changes_nothing(officer):
    award = awarded(officer)
    day = date(2022, 7, 1)
    wrong = (
        (actions.realise, {"on": day, "units": 31}, "units"),
        (actions.realise, {"on": day, "units": 0}, "units"),
        (actions.realise, {"on": date(2020, 5, 1), "units": 3}, "on"),
        (actions.lapse, {"on": day, "units": 3, "reason": " "}, "reason"),
        (actions.postpone, {"on": day, "period_from": date(2021, 1, 1), "reason": "Works"}, "period_from"),
    )
    for act, said, field in wrong:
        with pytest.raises(Invalid) as fault:
            act(award, by=officer, version=1, **said)
        assert fault.value.field == field
    actions.realise(award, by=officer, on=day, units=30, version=1)
    # The second of two who saw the same, and who comes when nothing is left.
    for version in (1, 2):
        with pytest.raises(Conflict):
            actions.realise(award, by=officer, on=day, units=1, version=version)
    for said, field in (({"kind": "tower"}, "kind"), ({"units": 0}, "units"), ({"source": ""}, "")):
        with pytest.raises(Invalid) as fault:
            awarded(officer, **said)
        assert fault.value.field == field
    assert (award.steps.count(), verify.run()) == (2, [])


def test_who_gives_care_sees_the_calendar_and_does_not_keep_it(officer, admission):
    award = awarded(officer)
    for act in (
        lambda: awarded(admission),
        lambda: actions.realise(award, by=admission, on=date(2022, 7, 1), units=1, version=1),
        lambda: access.get_award(admission, award.pk),
        lambda: awards(factories.make_actor("auditor")),
    ):
        with pytest.raises(Refused):
            act()
    assert [(row.organisation, row.may_decide) for row in awards(admission).rows] == [("Elm House", False)]
    assert [row.may_decide for row in awards(officer).rows] == [True]


def test_an_award_of_a_secret_service_is_told_to_its_own_organisation_only(officer):
    refuge = factories.make_service("Refuge", organisation="Shelter", secret=True)
    actions.award(
        refuge.organisation,
        actions.NewAward(
            programme=refuge.programme,
            kind="new",
            units=2,
            area=refuge.area,
            period_from=date(2021, 1, 1),
            on=date(2021, 1, 1),
            source="Decision",
            service=refuge,
        ),
        by=factories.make_actor("officer"),
    )
    found = [len(awards(actor).rows) for actor in (officer, of_another("admission", "Shelter"))]
    assert (found, years(officer), lead_times(officer)) == ([0, 1], [], [])


def test_the_calendar_is_read_page_by_page_in_as_many_queries(officer, django_assert_num_queries):
    for units in (1, 2, 3):
        awarded(officer, f"House {units}", units=units)
        # The awards, their steps, and the demo's day for the log.
        with django_assert_num_queries(3):
            assert len(awards(officer).rows) == units
    first = awards(officer, size=2)
    second = awards(officer, size=2, after=first.after)
    assert ([row.units for row in first.rows], [row.units for row in second.rows]) == ([3, 2], [1])
    assert (second.after, len(awards(officer, year=2020).rows)) == ("", 0)
    with pytest.raises(Invalid):
        awards(officer, after="999999")


HEADER = ",".join(HEADS)
ABOUT = "Elm House,personal-budget,,new,11001,Calendar 2021"
AWARDED = f"1,{ABOUT},awarded,2020-06-01,30,2021-01-01,"
POSTPONED = f"1,{ABOUT},postponed,2021-03-01,30,2022-01-01,Works"
REALISED = f"1,{ABOUT},realised,2022-07-02,18,,"
LAPSED = f"1,{ABOUT},lapsed,2023-01-01,12,,No money"


def brought(by, *rows: str, dry_run: bool = False):
    data = "\n".join([HEADER, *rows, ""]).encode()
    return actions.import_awards(data, "calendar.csv", by=by, dry_run=dry_run)


def lines(actor) -> list[str]:
    """What goes out, without the label that holds the rows of an award together."""
    return [",".join(str(cell or "") for cell in row[1:]) for row in exported(actor)]


def test_a_file_of_the_calendar_comes_in_step_by_step_and_goes_out_the_same(
    officer, django_assert_num_queries
):
    owner = Organisation.objects.create(name="Elm House", kind="provider")
    told = (AWARDED, POSTPONED, REALISED, LAPSED)
    dry = brought(officer, *told[:3], dry_run=True)
    assert (dry.rows, dry.added, Award.objects.count()) == (3, 0, 0)
    # A file of a quarter, the next with what came since, and an old one once more.
    reports = [brought(officer, *told[:count]) for count in (2, 4, 3)]
    assert [(one.added, one.already, one.awards_added, one.faults) for one in reports] == [
        (2, 0, 1, ()),
        (2, 2, 0, ()),
        (0, 3, 0, ()),
    ]
    award = Award.objects.get()
    assert (award.left, award.realised, award.lapsed, award.period_from, award.version) == (
        0, 18, 12, date(2022, 1, 1), 4,
    )  # fmt: skip
    assert {(step.by_name, step.role) for step in award.steps.all()} == {(officer.name, officer.role)}
    # The awards, their steps, and twice the demo's day for the log.
    with django_assert_num_queries(4):
        assert lines(officer) == [row.partition(",")[2] for row in told]
    # A second that begins alike is another award: what goes out is both, and both are there when it comes in again.
    awarded(officer, source="Calendar 2021")
    rows = [",".join(str(cell or "") for cell in row) for row in exported(officer)]
    assert (len(rows), brought(officer, *rows).already) == (5, 5)
    assert brought(officer, AWARDED, POSTPONED, REALISED, AWARDED.replace("1,Elm", "2,Elm")).already == 4
    assert (owner.awards.count(), verify.run()) == (2, [])


@pytest.mark.parametrize(
    ("rows", "line", "field", "found", "expected"),
    [
        ([AWARDED.replace("Elm", "Oak")], 2, "organisation", "Oak House", "its name or enterprise number"),
        ([AWARDED.replace("budget,", "budget,Refuge")], 2, "service", "Refuge", None),
        ([AWARDED.replace("new", "tower")], 2, "kind", "tower", None),
        ([AWARDED.replace("11001", "11")], 2, "area", "11", None),
        ([AWARDED.replace(",30,", ",0,")], 2, "units", "0", "a whole number from 1"),
        ([AWARDED.replace(",30,", ",10001,")], 2, "units", "10001", "1 to 10,000"),
        ([AWARDED.replace("2021-01-01", "")], 2, "period_from", "nothing", "a date such as 2024-01-31"),
        ([AWARDED.replace("2020-06-01", "2024-01-16")], 2, "on", "2024-01-16", "at most 2024-01-15"),
        ([POSTPONED], 2, "step", "postponed", "awarded"),
        ([AWARDED, AWARDED], 3, "step", "awarded", "postponed, lapsed or realised"),
        ([AWARDED, REALISED.replace("realised", "sold")], 3, "step", "sold", None),
        ([AWARDED, REALISED.replace("18,", "31,")], 3, "units", "31", "1 to 30"),
        ([AWARDED, POSTPONED.replace(",30,", ",20,")], 3, "units", "20", "30"),
        ([AWARDED, POSTPONED.replace("2022-01-01", "2021-01-01")], 3, "period_from", "2021-01-01", None),
        ([AWARDED, LAPSED.replace("No money", "")], 3, "reason", "nothing", "a text"),
        ([AWARDED, REALISED + "Joy"], 3, "reason", "Joy", "nothing"),
        ([AWARDED, REALISED, POSTPONED.replace(",30,", ",12,")], 4, "on", "2021-03-01", "from 2022-07-02"),
        ([AWARDED, REALISED.replace("Calendar 2021", "By heart")], 3, "source", "By heart", "Calendar 2021"),
    ],
)
def test_a_row_of_the_calendar_that_can_not_be_is_named_and_nothing_is_added(
    officer, rows, line, field, found, expected
):
    Organisation.objects.create(name="Elm House", kind="provider")
    refuge = factories.make_service("Refuge", organisation="Elm House", secret=True)
    assert refuge.programme == "personal-budget"
    (fault,) = brought(officer, *rows).faults
    assert (fault.line, fault.field, fault.found.en, Award.objects.count()) == (line, field, found, 0)
    assert expected is None or fault.expected.en == expected
    assert (fault.message.nl != "", fault.message.nl != fault.message.en) == (True, True)


def test_an_award_that_is_there_otherwise_is_a_fault_and_who_may_not_brings_none(officer, admission):
    awarded(officer)
    realised = actions.realise(Award.objects.get(), by=officer, on=date(2022, 7, 2), units=18, version=1)
    (fault,) = brought(officer, AWARDED, REALISED.replace("18", "17")).faults
    assert (fault.line, fault.field, fault.found.en, fault.expected.en) == (
        3, "step", "realised 2022-07-02 17", "realised 2022-07-02 18",
    )  # fmt: skip
    for act in (lambda: brought(admission, AWARDED), lambda: exported(factories.make_actor("auditor"))):
        with pytest.raises(Refused):
            act()
    assert (realised.steps.count(), Award.objects.count()) == (2, 1)


def test_an_award_of_a_secret_service_goes_out_to_nobody(officer):
    refuge = factories.make_service("Refuge", organisation="Shelter", secret=True)
    awarded(officer, "Shelter", service=refuge)
    own = of_another("admission", "Shelter")
    with pytest.raises(Invalid) as fault:
        exported(own)
    assert (fault.value.field, exported(own, without_secret=True), exported(officer)) == ("secret", [], [])
