"""The growth calendar: awarded, postponed, lapsed, realised; and how long it took."""

from datetime import date

import pytest

from tests import factories
from tests.supply.conftest import of_another
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply import access, actions
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
    return actions.award(owner, by=by, units=units, period_from=period_from, on=date(2020, 6, 1), **said)


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
        by=factories.make_actor("officer"),
        programme=refuge.programme,
        kind="new",
        units=2,
        area=refuge.area,
        period_from=date(2021, 1, 1),
        on=date(2021, 1, 1),
        source="Decision",
        service=refuge,
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
