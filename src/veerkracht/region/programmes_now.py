"""Reads what only a programme of help that is given at once says (`handout = "now"`): the form here, what it means in
`rulebook.now_checks`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from veerkracht.region.holding import read_holds
from veerkracht.region.ids import read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.sections import Sections
from veerkracht.rulebook.matching import Fit, Preference
from veerkracht.rulebook.now import BEDS, CASE, DOES, Follow, Kind, NowProgramme
from veerkracht.rulebook.stay_terms import CLOCKS, StayNorm


def read_now(sections: Sections) -> dict[str, Any]:
    """By its names in `NowProgramme`."""
    kinds = sections.read("kind", _kind)
    return {
        "kinds": tuple(kind.id for kind in kinds),
        "kind_names": {kind.id: kind.name for kind in kinds},
        "help_kinds": kinds,
        "fits": sections.read("fit", _fit),
        "preferences": sections.read("preference", _preference),
        "norms": sections.read("norm", _norm),
        "follows": sections.read("follow", _follow),
    }


def _kind(reader: Reader) -> Kind:
    source, assumption = reader.origin()
    kind = Kind(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text"),
        fills=reader.choice("fills", (BEDS, CASE)),
        hold_minutes=reader.integer("hold_minutes", low=1) or 1,
        minors=reader.flag("minors", default=False),
        secret=reader.flag("secret", default=False),
        source=source,
        assumption=assumption,
    )
    return kind


def _fit(reader: Reader) -> Fit:
    return Fit(
        id=read_id(reader),
        rule=reader.string("rule"),
        reason=reader.words("reason"),
        unmet=reader.words("unmet"),
        is_safety=reader.flag("safety", default=False),
        **read_holds(reader),
    )


def _preference(reader: Reader) -> Preference:
    return Preference(
        id=read_id(reader),
        rule=reader.string("rule"),
        reason=reader.words("reason"),
        **read_holds(reader),
    )


def _norm(reader: Reader) -> StayNorm:
    return StayNorm(
        id=read_id(reader),
        text=reader.words("text"),
        clock=reader.choice("clock", CLOCKS),
        days=reader.integer("days", required=False, low=1),
        hours=reader.integer("hours", required=False, low=1),
        warn_hours=reader.integer("warn_hours", required=False, low=0) or 0,
        kinds=reader.strings("kinds", required=False),
        follows=reader.strings("follows"),
        extend_days=reader.integer("extend_days", required=False, low=0) or 0,
        extensions=reader.integer("extensions", required=False, low=0) or 0,
        **read_holds(reader),
    )


def _follow(reader: Reader) -> Follow:
    follow = Follow(
        id=read_id(reader),
        name=reader.words("name"),
        does=reader.choice("does", DOES),
        text=reader.words("text", required=False),
        programmes=reader.strings("programmes", required=False),
        for_children=reader.strings("for_children", required=False),
    )
    return follow


def check_hand_over(reader: Reader, programme: NowProgramme, listed: Collection[str]) -> None:
    """Note a hand-over to a kind of help that is not there. `listed`: the programmes for which people wait."""
    for index, follow in enumerate(programme.follows):
        for key, named, known in (
            ("programmes", follow.programmes, listed),
            ("for_children", follow.for_children, follow.programmes or listed),
        ):
            for place, id in enumerate(named):
                if id not in known:
                    expected = one_of(sorted(known), id)
                    reader.fault(("follow", index, key, place), "There is no such programme.", id, expected)
