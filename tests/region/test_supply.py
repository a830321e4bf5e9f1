"""The homes and teams of a region: read as they stand, and each fault with its line and what to change."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from tests.region.conftest import Spoil
from veerkracht import region
from veerkracht.region import Region

HOMES, TEAMS, LIST = "supply/home-place.toml", "supply/family-team.toml", "supply/family-team.csv"


def test_how_homes_lie_and_what_was_decided(testland: Region) -> None:
    supply = testland.supplies["home-place"]
    spread = supply.spread
    assert (spread.level, spread.size, spread.from_age, spread.choices) == ("municipality", 40.0, 65, 2)
    assert (spread.distance, spread.unevenness) == (10.0, 0.1)
    assert [(growth.id, growth.units, growth.low, growth.high) for growth in supply.growth] == [
        ("new-wing", 30.0, 20.0, 40.0),
        ("later", 20.0, 20.0, 20.0),
    ]
    assert supply.stations.is_empty()


def test_what_was_known_on_a_day(testland: Region) -> None:
    supply = testland.supplies["home-place"]
    known = {day: [growth.id for growth in supply.known_on(day).growth] for day in map(date.fromisoformat, (
        "2023-05-31", "2023-06-01", "2024-06-01"))}  # fmt: skip
    assert list(known.values()) == [[], ["new-wing"], ["new-wing", "later"]]


LATER = "from = 2026-01-01\nuntil = 2027-01-01\nknown_from = 2024-06-01\nunits = 20\n"


def test_growth_that_is_said_for_many_years_at_once(spoil: Spoil) -> None:
    words = 'yearly_until = 2028-06-01\ntext = { nl = "Groei in {year}.", en = "Growth in {year}." }\n'
    _, *growth = region.load(spoil(HOMES, LATER, LATER + words)).supplies["home-place"].growth
    days = [(one.from_, one.until, one.known_from) for one in growth]
    known = date(2024, 6, 1)
    assert days == [(date(year, 1, 1), date(year + 1, 1, 1), known) for year in (2026, 2027, 2028)]
    assert [(one.id, one.units, one.text.en) for one in growth] == [
        (f"later-{year}", 20.0, f"Growth in {year}.") for year in (2026, 2027, 2028)
    ]


def test_growth_in_steps(spoil: Spoil) -> None:
    steps = [
        f"{{ from = {year}-01-01, until = {year}-07-01, known_from = 2024-06-01, units = {year} }}"
        for year in (2026, 2028)
    ]
    _, *growth = (
        region.load(spoil(HOMES, LATER, f"steps = [{', '.join(steps)}]\n")).supplies["home-place"].growth
    )
    assert [(one.id, one.until, one.units) for one in growth] == [
        (f"later-{year}", date(year, 7, 1), float(year)) for year in (2026, 2028)
    ]


def test_teams_are_listed(testland: Region) -> None:
    stations = testland.supplies["family-team"].stations
    assert stations.rows() == [
        ("up", "Upper team", "north", 60),
        ("low", "Lower team", "west", 40),
    ]
    assert stations.schema["units"] == pl.Int64()


def test_care_categories_and_the_sector_of_staff(testland: Region) -> None:
    programme = testland.programme("home-place")
    assert programme.sector == "homes"
    assert [(one.id, one.group, one.heavy) for one in programme.care_categories] == [
        ("light", "little", False),
        ("heavy", "much", True),
    ]


FAULTS = {
    "stations without units": (
        HOMES, "size = 40", "size = 0",
        f"{HOMES}:6: stations.size: This must be more than nothing. Found 0.0; expected a number above 0.",
    ),
    "no distance": (
        TEAMS, "distance = 20\n", "",
        f"{TEAMS}:4: stations.distance: This is missing. Found nothing; expected a number.",
    ),
    "ages upside down": (
        HOMES, "from_age = 65", "from_age = 65\nto_age = 60",
        f"{HOMES}:8: stations.to_age: The ages are upside down. Found 60; expected at least 65.",
    ),
    "a level that does not exist": (
        HOMES, '"municipality"', '"municipalty"',
        f"{HOMES}:5: stations.level: This is not one of the possible words. Found municipalty; expected "
        "“municipality”, or one of: municipality, zone, region, province.",
    ),
    "no list to choose": (
        HOMES, "choices = 2", "choices = 0",
        f"{HOMES}:8: stations.choices: This number is not possible here. Found 0; expected a whole number of at "
        "least 1.",
    ),
    "a growth that ends first": (
        HOMES, "until = 2025-01-01", "until = 2023-01-01",
        f"{HOMES}:16: growth[new-wing].until: This ends before it begins. Found 2023-01-01; expected a date after "
        "2024-01-01.",
    ),
    "a growth outside its range": (
        HOMES, "units = 30", "units = 50",
        f"{HOMES}:18: growth[new-wing].units: The number is outside its own range. Found 50.0; expected from 20 to "
        "40.",
    ),
    "a time closed outside its range": (
        HOMES, "years = 0.5", "years = 5",
        f"{HOMES}:31: reopening.years: The number is outside its own range. Found 5.0; expected from 0.4 to 0.6.",
    ),
    "a growth whose years end first": (
        HOMES, "units = 20", "units = 20\nyearly_until = 2026-01-01",
        f"{HOMES}:28: growth[later].yearly_until: This ends before it begins. Found 2026-01-01; expected a date after "
        "2026-01-01.",
    ),
    "a growth of no steps": (
        HOMES, LATER, "steps = []\n",
        f"{HOMES}:24: growth[later].steps: There are no steps. Found nothing; expected steps = [{{ from = 2024-01-01, "
        "… }].",
    ),
    "a growth with steps and a number of its own": (
        HOMES, LATER, LATER + f"steps = [{{ {', '.join(LATER.splitlines())} }}]\n",
        f"{HOMES}:24: growth[later].from: This key is not known here.",
    ),
    "one growth twice": (
        HOMES, 'id = "later"', 'id = "new-wing"',
        f"{HOMES}:23: growth[new-wing].id: This id is used twice. Found new-wing; expected another id.",
    ),
    "a growth without source": (
        HOMES, 'source = { title = "Council of Testland" }\n', "",
        f"{HOMES}:22: growth[later].source: This has no source.",
    ),
    "a programme that does not exist": (
        TEAMS, 'programme = "family-team"', 'programme = "family-teem"',
        f"{TEAMS}:2: programme: There is no such programme. Found family-teem; expected “family-team”",
    ),
    "a supply twice": (
        TEAMS, 'programme = "family-team"', 'programme = "home-place"',
        f"{HOMES}:2: programme: This programme has two supplies. Found home-place; expected one file each.",
    ),
    "an area that does not exist": (
        LIST, "north", "nort", f"{LIST}:2: area: There is no such area. Found nort; expected one of: north",
    ),
    "a station twice": (
        LIST, "low,", "up,", f"{LIST}:3: id: This station stands there twice. Found up; expected each id once",
    ),
    "a station without units": (
        LIST, "40", "0", f"{LIST}:3: units: This number is not possible here. Found 0; expected a whole number",
    ),
    "a category of no group": (
        "programmes/home-place.toml", 'group = "much"', 'group = "most"',
        "programmes/home-place.toml:66: care_category[heavy].group: There is no such group. Found most; expected one "
        "of: much, little.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_says_where_it_is_and_what_to_change(
    spoil: Spoil, file: str, old: str, new: str, fault: str
) -> None:
    faults = [str(found) for found in region.check(spoil(file, old, new))]
    assert [found[: len(fault)] for found in faults if found.startswith(fault)] == [fault], faults


def test_a_region_without_supply_has_none(folder: Path) -> None:
    for file in (folder / "supply").iterdir():
        file.unlink()
    assert region.load(folder).supplies == {}


def test_the_staff_that_goes_with_places(testland: Region) -> None:
    norms = testland.supplies["home-place"].norms
    assert [(one.id, one.kind, one.professions, one.per_place, one.low, one.high) for one in norms] == [
        ("care", "", ("carer",), Fraction(1, 2), None, None),
        ("care-in-studio", "studio", ("carer",), Fraction(1, 4), Fraction(1, 5), Fraction(3, 10)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["carer"]\nfte = 1\n', '["nurse"]\nfte = 1\n', "There is no such profession. Found nurse"),
        ('["carer"]\nfte = 1\n', "[]\nfte = 1\n", "A norm is about staff. Found nothing"),
        ("fte = 1\n", "fte = 0\n", "This must be more than nothing. Found 0"),
        ("fte = 1\n", "fte = -1\n", "This number is not possible here. Found -1"),
        ("places = 2\n", "places = 0\n", "This number is not possible here. Found 0"),
        ("fte = 0.25\n", "fte = 0.4\n", "The number is outside its own range. Found 0.4"),
        ('id = "care-in-studio"', 'id = "care"', "This norm has two values on one day. Found care"),
        (
            "places = 2\n",
            "places = 2\nfrom = 2024-01-01\nuntil = 2023-01-01\n",
            "This ends before it begins.",
        ),
        ('source = { title = "Council of Testland" }\n\n[[norm]]', "\n[[norm]]", "This has no source."),
    ],
)
def test_what_a_norm_can_not_say(spoil: Spoil, old: str, new: str, said: str) -> None:
    [fault] = region.check(spoil(HOMES, old, new))
    assert (fault.file, said in str(fault)) == (HOMES, True)
