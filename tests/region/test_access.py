"""What a region says about sharing: read whole, and each fault told with its line and field."""

from datetime import date

import pytest

from veerkracht import region
from veerkracht.region.access import ALWAYS, SHAREABLE
from veerkracht.region.loading import check, load
from veerkracht.register.permissions.matrix import ALWAYS as READ_ALONG
from veerkracht.register.permissions.matrix import matrix

DAY = date(2024, 1, 15)
FILE = "access.toml"


def test_testland_has_its_own(testland):
    access = testland.access
    numbers = ("consent-together-age", "consent-alone-age", "consent-days", "emergency-hours")
    assert [access.number(id, DAY) for id in numbers] == [14, 21, 30, 2]
    assert [ground.id for ground in access.grounds_on(DAY, consultation=True)] == ["round-table"]
    assert [ground.id for ground in access.grounds_on(DAY, consultation=False)] == ["storm"]


def test_a_ground_holds_from_a_day_to_a_day_for_some_programmes_and_organisations(testland):
    storm = testland.access.ground("storm", DAY)
    assert [testland.access.ground("storm", date(year, 1, 1)) for year in (2019, 2030)] == [None, None]
    assert [
        storm.is_for(*pair)
        for pair in (("day-money", "lighthouse"), ("day-money", "bank"), ("x", "lighthouse"))
    ] == [
        True,
        False,
        False,
    ]


def test_the_region_in_use_names_the_law_of_each_ground_and_a_source_or_range_of_each_number():
    access = region.current().access
    assert [ground.source.title != "" for ground in access.grounds] == [True] * len(access.grounds)
    for parameter in access.parameters:
        assumed = parameter.assumption
        assert (parameter.source or (assumed and assumed.low <= parameter.value <= assumed.high)) is not None
    assert [access.number(id, DAY) for id in ("consent-together-age", "consent-alone-age")] == [12, 18]


def test_what_can_be_shared_is_what_the_permission_matrix_gives_who_it_is_shared_with():
    given = {
        field
        for cell in matrix().cells
        if cell.action == "request.read" and cell.relation in ("partner", "receiver")
        for field in cell.fields
    }
    assert (set(SHAREABLE), set(ALWAYS)) == (given, set(READ_ALONG["request.read"]))


def test_a_region_may_say_nothing_about_sharing(folder):
    (folder / FILE).unlink()
    assert load(folder).access is None


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        (
            'fields = ["identity", "request"]',
            'fields = ["identity", "request", "looks"]',
            8,
            "ground[round-table].fields[3]",
        ),
        ('fields = ["identity", "request"]', 'fields = ["identity"]', 8, "ground[round-table].fields"),
        ('fields = ["identity", "request"]', 'fields = "all"', 8, "ground[round-table].fields"),
        ("days = 10\n", "days = 0\n", 9, "ground[round-table].days"),
        ("days = 10\n", "", 3, "ground[round-table].days"),
        ('source = { title = "Law of Testland, article 7" }', "", 3, "ground[round-table].source"),
        ("consultation = true", "consultation = 1", 7, "ground[round-table].consultation"),
        ('id = "round-table"', 'id = "consent"', 4, "ground[consent].id"),
        ('["day-money"]', '["night-money"]', 18, "ground[storm].programmes[1]"),
        ("until = 2030-01-01", "until = 2019-01-01", 22, "ground[storm].until"),
        ("value = 14", "value = 22", 25, "parameter"),
        ("value = 14", "value = 0", 27, "parameter[consent-together-age].value"),
        ('id = "emergency-hours"', 'id = "emergency-ours"', 66, "parameter[emergency-ours].id"),
        (
            'source = { title = "Law of Testland, article 9" }',
            "",
            25,
            "parameter[consent-together-age].source",
        ),
        ("organisations", "organisation", 17, "ground[storm].organisation"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_field(spoil, old, new, line, field):
    faults = [(fault.line, fault.field) for fault in check(spoil(FILE, old, new)) if fault.file == FILE]
    assert ((line, field) in faults) is True, faults
