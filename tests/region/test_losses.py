"""Places without a list, as a region's file says them: read whole, and each fault told with its line and field."""

from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.region.faults import RegionFault
from veerkracht.region.loading import check

FILE = "losses/shelter.toml"


def of_losses(folder: Path) -> list[RegionFault]:
    return [fault for fault in check(folder) if fault.file.startswith("losses/")]


def test_testland_has_its_own_with_the_zones_of_its_desk(testland):
    shelter = testland.losses["shelter"]
    assert shelter.name == testland.crisis.kinds["shelter"].name
    assert [(one.id, one.name.en, one.searches, one.places, one.further) for one in shelter.zones] == [
        ("upper", "Upper", 0.6, 0.5, ("lower",)),
        ("lower", "Lower", 0.4, 0.5, ()),
    ]
    assert {one.id: one.value for one in shelter.numbers} == {
        "searches": 200,
        "stay.days": 10,
        "near.share": 0.25,
        "places": 6,
        "lost.share": 0.2,
    }


def test_the_region_in_use_gives_each_number_a_source_or_a_reason():
    desk = region.current().crisis
    for shelters in region.current().losses.values():
        assert {one.id: one.further for one in shelters.zones} == {
            id: zone.falls_back_on for id, zone in desk.zones.items()
        }
        for number in shelters.numbers:
            assert number.source or number.assumption
            assert (number.low or number.value) <= number.value <= (number.high or number.value)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ('id = "lower"', 'id = "moon"', [(6, "zone")] * 3 + [(12, "zone[moon].id")]),
        ('id = "lower"', 'id = "upper"', [(6, "zone")] * 2),
        ("searches = 0.6", "searches = 0.7", [(6, "zone")]),
        ('kind = "shelter"', 'kind = "castle"', [(1, "kind")]),
        ("value = 0.25", "value = 1.25", [(39, "parameter[near.share].value")]),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(spoil, old, new, faults):
    assert [(one.line, one.field) for one in of_losses(spoil(FILE, old, new))] == faults


def test_a_desk_looks_for_help_that_is_given_at_once(spoil):
    folder = spoil("crisis/desk.toml", 'programme = "crisis-shelter"', 'programme = "day-money"')
    assert [(one.file, one.line, one.field, one.expected) for one in check(folder)] == [
        ("crisis/desk.toml", 2, "programme", "one of: crisis-shelter")
    ]
    (folder / "programmes" / "crisis-shelter.toml").write_text('handout = "now')
    assert [(one.file, one.message) for one in check(folder)] == [
        ("programmes/crisis-shelter.toml", "This is not TOML.")
    ]


def test_a_kind_has_one_file_and_none_without_a_desk(folder):
    (folder / "losses" / "other.toml").write_text((folder / FILE).read_text())
    assert [(one.file, one.field) for one in of_losses(folder)] == [(FILE, "kind")]
    (folder / "losses" / "other.toml").unlink()
    (folder / "crisis" / "desk.toml").unlink()
    assert [(one.file, one.found) for one in of_losses(folder)] == [(FILE, "nothing")]
