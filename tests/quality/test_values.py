"""What is reported of quality: by whom, corrected how, and what can't be."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import factories
from tests.quality.conftest import TODAY, soup, worker
from veerkracht.register import append_only, verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import actions
from veerkracht.register.quality.access import in_force
from veerkracht.register.quality.measured import Measured, wrongs_of
from veerkracht.register.quality.models import Improvement, ImprovementIndicator, IndicatorValue
from veerkracht.register.supply.models import Service

YEAR = {"from_": date(2023, 1, 1), "until": date(2023, 12, 31)}
HALF = {"from_": date(2023, 7, 1), "until": date(2023, 12, 31)}
GOOD_DAY = {"indicator": "good-day", "source": "Asked", **YEAR}
SOCKS = {"indicator": "lost-socks", "source": "Counted", **HALF}


def test_values_of_each_kind_are_reported_and_stand_in_the_log(home, admission):
    said = [
        soup(8, 60),
        Measured(numerator=Decimal(31), denominator=9000, stratum="heavy", **SOCKS),
        Measured(numerator=Decimal("83.5"), denominator=11, spread=Decimal("1.2"), **GOOD_DAY),
    ]
    before = LogEntry.objects.count()
    written = actions.record_values(home, by=admission, values=said)
    rows = [(one.indicator, one.numerator, one.denominator, one.version, one.by_name) for one in written]
    name = admission.name
    assert rows == [
        ("cold-soup", 8, 60, 1, name),
        ("lost-socks", 31, 9000, 1, name),
        ("good-day", Decimal("83.5"), 11, 1, name),
    ]
    logged = LogEntry.objects.order_by("pk")[before:]
    assert [(one.verb, one.object_type, one.user_id) for one in logged] == [
        ("create", "indicatorvalue", admission.user.pk)
    ] * 3
    assert verify.run() == []


@pytest.mark.parametrize(
    ("said", "field", "found"),
    [
        (soup(61, 60), "numerator", "61"),
        (soup(-1, 60), "numerator", "-1"),
        (soup("7.5", 60), "numerator", "7.5"),
        (soup("NaN", 60), "numerator", "NaN"),
        (soup(0, 0), "denominator", "0"),
        (soup(1, -5), "denominator", "-5"),
        (soup(8, 60, indicator="warm-soup"), "indicator", "warm-soup"),
        (soup(8, 60, period=(date(2023, 10, 2), date(2023, 12, 31))), "from", "2023-10-02"),
        (soup(8, 60, period=(date(2023, 7, 1), date(2023, 12, 31))), "until", "2023-12-31"),
        (soup(8, 60, period=(date(2024, 1, 1), date(2024, 3, 31))), "until", "2024-03-31"),
        (soup(8, 60, period=(date(2015, 10, 1), date(2015, 12, 31))), "from", "2015-10-01"),
        (soup(8, 60, source=" "), "source", "–"),
        (soup(8, 60, stratum="heavy"), "stratum", "heavy"),
        (soup(8, 60, spread=Decimal(1)), "spread", "1"),
        (Measured(numerator=Decimal(31), denominator=9000, **SOCKS), "stratum", "–"),
        (Measured(numerator=Decimal(121), denominator=12, spread=Decimal(1), **GOOD_DAY), "numerator", "121"),
        (Measured(numerator=Decimal("8.123"), denominator=12, spread=Decimal(1), **GOOD_DAY), "numerator", "8.123"),
        (Measured(numerator=Decimal(90), denominator=12, **GOOD_DAY), "spread", "–"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_a_fault_at_its_field(said, field, found):
    first = next(wrongs_of(said, TODAY))
    assert (first.field, first.found) == (field, found)
    assert (f"Found: {found};" in first.text.en, f"Gevonden: {found};" in first.text.nl) == (True, True)


def test_one_fault_and_nothing_is_written(home, admission):
    summer = soup(8, 60, period=(date(2023, 7, 1), date(2023, 9, 30)))
    with pytest.raises(Invalid) as refused:
        actions.record_values(home, by=admission, values=[summer, soup(61, 60)])
    assert (refused.value.field, IndicatorValue.objects.count()) == ("numerator", 0)


def test_a_period_that_has_a_value_is_corrected_not_reported_twice(home, admission):
    actions.record_values(home, by=admission, values=[soup(8, 60)])
    with pytest.raises(Invalid) as again:
        actions.record_values(home, by=admission, values=[soup(9, 60)])
    assert (again.value.field, "2023-10-01 to 2023-12-31" in again.value.text.en) == ("from", True)
    # Of one of its services it is another value.
    service = Service.objects.create(
        organisation=home, programme="home-place", name="East wing", area="north"
    )
    actions.record_values(home, by=admission, values=[soup(3, 20, service=service)])
    assert in_force().count() == 2


def test_a_correction_is_a_new_version_with_a_reason(home, admission):
    (first,) = actions.record_values(home, by=admission, values=[soup(8, 60)])
    second = actions.correct_value(first, by=admission, measured=soup(6, 60), why="Counted twice")
    assert list(in_force().values_list("numerator", "version", "why")) == [(6, 2, "Counted twice")]
    with pytest.raises(Conflict):
        actions.correct_value(first, by=admission, measured=soup(5, 60), why="Too late")
    for measured, why, field in (
        (soup(5, 60), " ", "why"),
        (soup(6, 60), "Nothing new", "numerator"),
        (soup(5, 60, period=(date(2023, 7, 1), date(2023, 9, 30))), "Another", "from"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.correct_value(second, by=admission, measured=measured, why=why)
        assert refused.value.field == field
    actions.withdraw_value(second, by=admission, why="Not ours")
    assert (in_force().count(), IndicatorValue.objects.count()) == (0, 3)
    # What was taken away can be reported again, and its history goes on.
    (again,) = actions.record_values(home, by=admission, values=[soup(7, 60)])
    assert (again.version, verify.run()) == (4, [])


def test_only_for_ones_own_organisation_and_only_who_may(home, admission):
    (value,) = actions.record_values(home, by=admission, values=[soup(8, 60)])
    other = Organisation.objects.create(name="Oak House", kind="home")
    improvement = actions.start_improvement(home, by=admission, meant=_meant())
    for stranger in (worker(other), factories.make_actor("analyst"), worker(home, "reader")):
        for act in (
            lambda: actions.record_values(home, by=stranger, values=[soup(1, 60)]),  # noqa: B023
            lambda: actions.correct_value(value, by=stranger, measured=soup(1, 60), why="x"),  # noqa: B023
            lambda: actions.withdraw_value(value, by=stranger, why="x"),  # noqa: B023
            lambda: actions.start_improvement(home, by=stranger, meant=_meant()),  # noqa: B023
            lambda: actions.end_improvement(improvement, by=stranger, on=date(2024, 1, 1)),  # noqa: B023
        ):
            with pytest.raises(Refused):
                act()
    # For one programme only what is of that programme.
    narrow = worker(home, programme="day-money")
    with pytest.raises(Refused):
        actions.record_values(
            home, by=narrow, values=[soup(1, 60, period=(date(2023, 7, 1), date(2023, 9, 30)))]
        )
    assert (IndicatorValue.objects.count(), Improvement.objects.count()) == (1, 1)


def test_the_database_keeps_what_was_measured(home, admission):
    (value,) = actions.record_values(home, by=admission, values=[soup(8, 60)])
    for change in (lambda: IndicatorValue.objects.update(numerator=1), value.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(**_row(value, version=1))


def _meant(**facts) -> actions.Meant:
    return actions.Meant(
        **{"what": "Warm plates", "indicators": ("cold-soup",), "on": date(2023, 8, 1), **facts}
    )


def _row(value: IndicatorValue, **changes):
    row = {
        one.attname: getattr(value, one.attname) for one in value._meta.concrete_fields if one.attname != "id"
    }
    return {**row, **changes}


def test_an_improvement_begins_and_ends_once(home, admission):
    improvement = actions.start_improvement(
        home, by=admission, meant=_meant(indicators=("cold-soup", "good-day"))
    )
    assert [one.indicator for one in improvement.aims.order_by("pk")] == ["cold-soup", "good-day"]
    for on in (date(2023, 7, 31), date(2024, 1, 16)):
        with pytest.raises(Invalid) as refused:
            actions.end_improvement(improvement, by=admission, on=on)
        assert refused.value.field == "on"
    ended = actions.end_improvement(improvement, by=admission, on=date(2023, 12, 1), version=1)
    assert (ended.until_date, ended.version) == (date(2023, 12, 1), 2)
    with pytest.raises(Conflict):
        actions.end_improvement(improvement, by=admission, on=date(2023, 12, 1), version=1)
    for facts, field in (
        ({"what": ""}, "what"),
        ({"indicators": ()}, "indicators"),
        ({"indicators": ("warm-soup",)}, "indicator"),
        ({"on": date(2031, 1, 1)}, "on"),
        ({"measure": "no-such-measure"}, "measure"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.start_improvement(home, by=admission, meant=_meant(**facts))
        assert refused.value.field == field
    assert (Improvement.objects.count(), verify.run()) == (1, [])


def test_verify_finds_what_no_action_brings_about(home, admission):
    (value,) = actions.record_values(home, by=admission, values=[soup(8, 60)])
    actions.start_improvement(home, by=admission, meant=_meant())
    other = Organisation.objects.create(name="Oak House", kind="home")
    service = Service.objects.create(organisation=other, programme="home-place", name="Oak", area="north")
    summer = {"from_date": date(2023, 7, 1), "until_date": date(2023, 9, 30)}
    IndicatorValue.objects.bulk_create(
        [
            IndicatorValue(**_row(value, **summer, numerator=99, version=1)),
            IndicatorValue(**_row(value, service_id=service.pk)),
            IndicatorValue(**_row(value, from_date=date(2023, 11, 1), version=1, indicator="cold-soup")),
            IndicatorValue(**_row(value, organisation_id=other.pk, version=3, why="x")),
        ]
    )
    ImprovementIndicator.objects.all().delete()
    Improvement.objects.update(service=service)
    found = {one.name: len(one.where) for one in verify.run()}
    assert found == {
        "quality_value_is_possible": 3,
        "quality_versions_follow_each_other": 1,
        "quality_periods_do_not_overlap": 1,
        "improvement_has_an_indicator": 2,
    }
    assert append_only.unprotected() == []
