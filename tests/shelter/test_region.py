"""The file of norms: every fault at its place, and terms that hold over a night in which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from veerkracht.region.loading import load
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.shelter import read_shelter
from veerkracht.region.toml_lines import parse
from veerkracht.rulebook.stay_terms import CONSENT, STAY, StayNorm, days_later, nearness, norm_for
from veerkracht.rulebook.types import Text

TESTLAND = Path(__file__).parents[1] / "regions" / "testland" / "crisis" / "norms.toml"
BRUSSELS = ZoneInfo("Europe/Brussels")


def faults(old: str, new: str) -> list[tuple[str, str]]:
    """What is wrong with Testland's file when one thing in it is another."""
    text = TESTLAND.read_text()
    assert old in text
    document = parse(text.replace(old, new, 1))
    found = Faults()
    reader = Reader("norms.toml", document, found, document.data)
    assert read_shelter(reader, ["home-place", "family-team"]) is None
    return [(fault.field, fault.message) for fault in found.all]


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("hours = 100\n", "", "norm[short-stay]", "A norm is in days or in hours."),
        ("hours = 100\n", "hours = 100\ndays = 4\n", "norm[short-stay]", "A norm is in days or in hours."),
        ("hours = 100\n", "hours = 9000\n", "norm[short-stay].hours", "A crisis does not last that long."),
        ("warn_hours = 10", "warn_hours = 100", "norm[short-stay].warn_hours", "It warns before it begins."),
        (
            'clock = "stay"',
            'clock = "moon"',
            "norm[short-stay].clock",
            "This is not one of the possible words.",
        ),
        ('"on", "longer"', '"off", "longer"', "norm[short-stay].follows[1]", "There is no such [[follow]]."),
        (
            "extensions = 2",
            "extensions = 0",
            "norm[short-stay].extend_days",
            "An extension has days and a number of times.",
        ),
        ('id = "asked-soon"', 'id = "short-stay"', "norm[short-stay].id", "This id holds twice on one day."),
        ('"home-place"', '"moon"', "follow[on].programmes[1]", "There is no such programme."),
        ('does = "end"', 'does = "fly"', "follow[stop].does", "This is not one of the possible words."),
        ('id = "stop"', 'id = "ask"', "follow[ask].id", "This id is used twice."),
        ("case_load = 2", "case_load = 0", "module[talks].case_load", "This number is not possible here."),
        ('where = "home"', 'where = "ship"', "module[talks].where", "This is not one of the possible words."),
        (
            'exit = "https://example.org"',
            'exit = "http://example.org"',
            "contact.exit",
            "This is not a safe web address.",
        ),
        ('number = "5 55"', 'number = "ring"', "contact.line[bell].number", "This is not a number to dial."),
        ("[[contact.sender]]\n", "[[contact.cat]]\n", "contact.sender", "There is nothing to choose."),
    ],
)
def test_what_cannot_be_is_named_at_its_place(old, new, field, message):
    assert (field, message) in faults(old, new)


def test_what_is_published_of_flanders_stands_there_and_what_is_not_is_an_assumption():
    shelter = load(Path(__file__).parents[2] / "regions" / "flanders").shelter
    then = datetime(2024, 1, 15, tzinfo=UTC)
    bed, house = (shelter.norm(STAY, kind, then) for kind in ("crisis-bed-minor", "safe-house"))
    assert (bed.days, shelter.norm(CONSENT, "safe-house", then).hours, house) == (7, 72, None)
    assert all(norm.source for norm in shelter.norms)
    assert all(one.source or one.assumption for one in (*shelter.grounds, *shelter.modules, shelter.contact))
    assert [line.number for line in shelter.contact.lines] == ["112", "1712", "106"]


def norm(**facts) -> StayNorm:
    said = {"id": "n", "text": Text("n", "n"), "clock": STAY, "from_": date(2020, 1, 1), **facts}
    return StayNorm(**said)


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        # The night of 31 March 2024 has no half past two, that of 27 October has it twice.
        ((2024, 3, 30, 12, 0), 1, (2024, 3, 31, 12, 0)),
        ((2024, 3, 30, 2, 30), 1, (2024, 3, 31, 3, 30)),
        ((2024, 10, 26, 2, 30), 1, (2024, 10, 27, 2, 30)),
        ((2024, 2, 28, 23, 0), 7, (2024, 3, 6, 23, 0)),
    ],
)
def test_a_norm_in_days_ends_at_the_same_time_on_the_wall(start, days, ends):
    begun = datetime(*start, tzinfo=BRUSSELS)
    assert days_later(begun, days, BRUSSELS) == datetime(*ends, tzinfo=BRUSSELS)
    assert norm(days=days).ends(begun.astimezone(UTC), BRUSSELS) == datetime(*ends, tzinfo=BRUSSELS)


def test_a_norm_in_hours_counts_hours_that_pass():
    begun = datetime(2024, 3, 30, 12, 0, tzinfo=BRUSSELS)
    ends = norm(hours=24).ends(begun, BRUSSELS)
    assert ends.astimezone(BRUSSELS) == datetime(2024, 3, 31, 13, 0, tzinfo=BRUSSELS)
    with pytest.raises(ValueError, match="with a time zone"):
        norm(hours=24).ends(begun.replace(tzinfo=None), BRUSSELS)


def test_the_norm_that_names_a_kind_goes_before_one_for_all_and_none_is_made_up():
    norms = (
        norm(id="all", days=9),
        norm(id="bed", days=7, kinds=("bed",), until=date(2024, 1, 1)),
        norm(id="new", days=5, kinds=("bed",), from_=date(2024, 1, 1)),
    )
    then = datetime(2023, 6, 1, tzinfo=UTC)
    chosen = [
        norm_for(norms, STAY, kind, at) for kind in ("bed", "house") for at in (then, then + timedelta(400))
    ]
    assert [one and one.id for one in chosen] == ["bed", "new", "all", "all"]
    assert norm_for(norms, CONSENT, "bed", then) is None
    assert norm_for(norms[1:], STAY, "house", then) is None
    assert norm_for(norms, STAY, "bed", datetime(2019, 1, 1, tzinfo=UTC)) is None


def test_nearness_turns_on_the_moment_itself():
    due = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
    second = timedelta(seconds=1)
    moments = (due - timedelta(hours=2) - second, due - timedelta(hours=2), due - second, due)
    assert [nearness(due, at, 2) for at in moments] == ["fine", "soon", "soon", "over"]
