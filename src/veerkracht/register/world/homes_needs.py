"""How heavy the care of the demo world's residents is: answers of an instrument from which the category follows."""

import json
from contextlib import suppress

import numpy as np
import polars as pl

from veerkracht import region
from veerkracht.region.assessments import FLAG, Instrument
from veerkracht.region.scoring import outcome_of, wrongs
from veerkracht.register import bulk
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.residence.rules import instrument_for
from veerkracht.register.world.calendar import to_date
from veerkracht.register.world.homes_drawn import Making, Wanted
from veerkracht.register.world.homes_tables import as_date, moment, next_ids
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.tables import run

_SEED = 6
_TRIES = 4_000
_RECENT_DAYS = 330
_BEFORE_DAYS = 90
_AUTHOR = "Dr. Verzonnen (demo)"


def in_own_ward(making: Making, rooms: pl.DataFrame, stays: pl.DataFrame) -> np.ndarray:
    """Who lives in a ward for which homes choose by category; nobody where no home says so."""
    kind = _ward(making)
    return (
        rooms["kind"].gather(stays["unit"]).to_numpy() == kind
        if _fitting(making)
        else np.zeros(stays.height, bool)
    )


def _ward(making: Making) -> str:
    """The kind of room that stands in a ward of its own; "" where the region names too few."""
    kinds = making.published.unit_kinds
    return kinds[1] if len(kinds) > 2 else ""


def _fitting(making: Making) -> set[str]:
    """The categories of heavy care that homes with a list of its own for that ward take there."""
    categories = region.current().programme(making.programme).care_categories
    ids = [one.id for one in categories if one.heavy]
    table, on, found = pl.DataFrame({"category": ids}), to_date(making.wanted.today), set[str]()
    for rules in region.current().homes.values():
        for ward in all_on(rules.wards, on):
            # A rule that asks for more than the category says nothing of it.
            with suppress(TableFault):
                fits = run(table, ward.rule, ward.id)
                found.update(table.filter(fits)["category"] if ward.id == _ward(making) else ())
    return found


def add_assessments(
    making: Making, residences: pl.DataFrame, heavy: np.ndarray, own_ward: np.ndarray | None = None
) -> None:
    """Measure every resident: when they came, and who still is there in the last months too; nothing where the region
    has no such instrument. `own_ward`: who lives where homes choose by category; None: nobody.
    """
    instrument, wanted = instrument_for(making.programme), making.wanted
    if instrument is None:
        return
    luck = np.random.default_rng(_SEED)
    answers = _answers(instrument, luck)
    outcome = _outcomes(making.programme, answers, heavy, luck)
    fitting = sorted(_fitting(making) & set(answers))
    if own_ward is not None and fitting:
        outcome = np.where(own_ward, luck.choice(fitting, len(outcome)), outcome)
    rows = residences.select("person_id", "from_date", "until_date").with_columns(outcome=pl.Series(outcome))
    measured = _days(rows, wanted, luck).join(
        pl.DataFrame({"outcome": list(answers), "items": list(answers.values())}), on="outcome", how="left"
    )
    months = f"{instrument.valid_months}mo"
    bulk.write(
        Assessment,
        measured.select(
            "person_id",
            "items",
            "outcome",
            id=next_ids(Assessment, measured.height),
            instrument=pl.lit(instrument.id),
            version=pl.lit(instrument.version_on(to_date(wanted.today)) or "1"),
            on=as_date("day"),
            valid_until=as_date("day").dt.offset_by(months),
            author=pl.lit(_AUTHOR),
            author_kind=pl.lit(instrument.authors[0].id),
            by_name=pl.lit(making.by.name),
            recorded_at=moment("day", 40),
            fictitious=pl.lit(value=True),
        ),
    )


def _answers(instrument: Instrument, luck: np.random.Generator) -> dict[str, str]:
    """For each category that can follow, answers from which it does; found by trying, as the rule itself says it."""
    found: dict[str, str] = {}
    for _ in range(_TRIES):
        drawn = {
            item.id: bool(luck.integers(2))
            if item.kind == FLAG
            else int(luck.integers(int(item.low or 0), int(item.high or 1) + 1))
            for item in instrument.items
        }
        if next(wrongs(instrument, drawn), None) is None:
            found.setdefault(outcome_of(instrument, drawn), json.dumps(drawn))
    return found


def _outcomes(
    programme: str, answers: dict[str, str], heavy: np.ndarray, luck: np.random.Generator
) -> np.ndarray:
    """A category of each: how many have which of the heavy or light ones is not published, so each as often."""
    categories = region.current().programme(programme).care_categories
    of = {
        is_heavy: [one.id for one in categories if one.heavy == is_heavy and one.id in answers]
        for is_heavy in (True, False)
    }
    return np.where(heavy, luck.choice(of[True], len(heavy)), luck.choice(of[False], len(heavy)))


def _days(rows: pl.DataFrame, wanted: Wanted, luck: np.random.Generator) -> pl.DataFrame:
    """On which days each was measured: `person_id`, `outcome`, `day`."""
    start = rows["from_date"].cast(pl.Int32).cast(pl.Int64).to_numpy()
    first = np.maximum(start, wanted.since - _BEFORE_DAYS)
    recent = np.maximum(start, wanted.today - luck.integers(1, _RECENT_DAYS, rows.height))
    here = rows["until_date"].is_null().to_numpy()
    once = rows.with_columns(day=pl.Series(first)).filter(pl.Series(first <= wanted.today))
    again = rows.with_columns(day=pl.Series(recent)).filter(pl.Series(here & (recent > first)))
    return pl.concat([once, again]).select("person_id", "outcome", "day")
