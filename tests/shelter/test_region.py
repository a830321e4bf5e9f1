"""Help that is given at once, and its stays: every fault of their files at its place, and terms that hold over a night
in which the clocks change.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from veerkracht.region.loading import load
from veerkracht.region.programmes import read_programme
from veerkracht.region.programmes_now import check_hand_over
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.shelter import read_shelter
from veerkracht.region.toml_lines import parse
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.stay_terms import CONSENT, STAY, StayNorm, days_later, nearness, norm_for
from veerkracht.rulebook.types import Text

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
PROGRAMME, STAYS = "programmes/crisis-shelter.toml", "crisis/stays.toml"
BRUSSELS = ZoneInfo("Europe/Brussels")


def faults(file: str, old: str, new: str) -> list[tuple[str, str]]:
    """What is wrong with a file of Testland when one thing in it is another."""
    text = (TESTLAND / file).read_text()
    assert old in text
    document = parse(text.replace(old, new, 1))
    found = Faults()
    reader = Reader(file, document, found, document.data)
    if file == STAYS:
        assert read_shelter(reader, None) is None
    elif isinstance(programme := read_programme(reader), NowProgramme):
        check_hand_over(reader, programme, ["home-place", "family-team"])
    return [(fault.field, fault.message) for fault in found.all]


NO_WORD, TWICE = "This is not one of the possible words.", "This id is used twice."


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("hours = 100\n", "", "norm[short-stay]", "A norm is in days or in hours."),
        ("hours = 100\n", "hours = 100\ndays = 4\n", "norm[short-stay]", "A norm is in days or in hours."),
        ("hours = 100\n", "hours = 9000\n", "norm[short-stay].hours", "A crisis does not last that long."),
        ("warn_hours = 10", "warn_hours = 100", "norm[short-stay].warn_hours", "It warns before it begins."),
        ('clock = "stay"', 'clock = "moon"', "norm[short-stay].clock", NO_WORD),
        ('"on", "longer"', '"off", "longer"', "norm[short-stay].follows[1]", "There is no such [[follow]]."),
        (
            "hours = 24",
            'hours = 24\nkinds = ["castle"]',
            "norm[asked-soon].kinds[1]",
            "There is no such [[kind]].",
        ),
        (
            "extensions = 2",
            "extensions = 0",
            "norm[short-stay].extend_days",
            "An extension has days and a number of times.",
        ),
        ('id = "asked-soon"', 'id = "short-stay"', "norm[short-stay].id", TWICE),
        ('"home-place"', '"moon"', "follow[on].programmes[1]", "There is no such programme."),
        ('["family-team"]', '["day-money"]', "follow[on].for_children[1]", "There is no such programme."),
        ('does = "end"', 'does = "fly"', "follow[stop].does", NO_WORD),
        ('id = "stop"', 'id = "ask"', "follow[ask].id", TWICE),
        ('id = "visit"', 'id = "shelter"', "kind[shelter].id", TWICE),
        ('id = "pets"', 'id = "who"', "fit[who].id", TWICE),
        ('fills = "case"', 'fills = "hall"', "kind[visit].fills", NO_WORD),
        (
            "hold_minutes = 60",
            "hold_minutes = 0",
            "kind[visit].hold_minutes",
            "This number is not possible here.",
        ),
        (
            "pets = 0 OR",
            "cats = 0 OR",
            "fit[pets].rule",
            "The rule names a column that the programme does not declare.",
        ),
        ('rule = "km"', 'rule = "km > 3"', "preference[near].rule", "The rule gives the wrong type."),
        ('resource = "places"', 'resource = "money"', "resource", "Money is not given at once."),
        ('handout = "now"', 'handout = "vacancy"', "fit", "This key is not known here."),
        ("[[follow]]", "[[split]]", "split", "This key is not known here."),
    ],
)
def test_what_a_programme_of_help_at_once_can_not_say_is_named_at_its_place(old, new, field, message):
    assert (field, message) in faults(PROGRAMME, old, new)


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("case_load = 2", "case_load = 0", "module[talks].case_load", "This number is not possible here."),
        ('where = "home"', 'where = "ship"', "module[talks].where", NO_WORD),
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
    assert (field, message) in faults(STAYS, old, new)


def test_a_programme_without_a_list_is_a_kind_of_help_and_the_desk_looks_for_it():
    """Services give it and pages name it as any other, and no list, round or forecast of lists knows it."""
    there = load(TESTLAND)
    shelter = there.programmes_now["crisis-shelter"]
    assert there.crisis.programme is shelter
    assert "crisis-shelter" not in there.programmes
    assert list(there.kinds_of_help) == [*there.programmes, "crisis-shelter"]
    assert list(there.crisis.kinds) == list(shelter.kinds) == ["shelter", "bed-minor", "visit"]
    assert there.shelter.norms == shelter.norms


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
