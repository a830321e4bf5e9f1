"""The region's words for places: what they say, and every fault in them."""

import pytest

from tests.region.conftest import REGIONS
from veerkracht.region.places import FILE, read_places
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.toml_lines import parse

TESTLAND = (REGIONS / "testland" / FILE).read_text()


def read(text: str):
    faults, document = Faults(), parse(text)
    found = read_places(Reader(FILE, document, faults, document.data))
    return found, [(fault.line, fault.field, fault.found) for fault in faults.all]


def test_a_region_says_its_words_for_places():
    places, faults = read(TESTLAND)
    assert (faults, places.freshness.days) == ([], 30)
    assert [(kind.id, kind.name.en, kind.sleeps) for kind in places.kinds.values()] == [
        ("studio", "Studio", 1),
        ("double", "Room for two", 2),
    ]
    assert [places.sleeps(kind) for kind in ("double", "studio", "of-our-own")] == [2, 1, 1]
    assert (places.closures["flood"].nl, places.growth_kinds["wing"].name.en) == ("overstroming", "Wing")
    assert [(kind.id, kind.adds) for kind in places.growth_kinds.values()] == [
        ("wing", "places"),
        ("stamp", "extra-recognition"),
    ]
    assert places.services["home"].nl == "Tehuis"


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("days = 30", "days = 0", "freshness.days", "0"),
        ("sleeps = 2", "sleeps = 0", "unit[double].sleeps", "0"),
        ("sleeps = 2", "beds = 2", "unit[double].beds", "beds"),
        ('id = "double"', 'id = "studio"', "unit[studio].id", "studio"),
        ('adds = "extra-recognition"', 'adds = "towers"', "growth[stamp].adds", "towers"),
        ('played_by = "staff"', 'played_by = "ghosts"', "closure[no-carers].played_by", "ghosts"),
        ('{ nl = "Vleugel", en = "Wing" }', '{ nl = "Vleugel" }', "growth[wing].name.en", "nothing"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_used(old, new, field, found):
    assert old in TESTLAND
    places, faults = read(TESTLAND.replace(old, new))
    assert (places, faults[0][1:]) == (None, (field, found))
