"""Which ensemble a forecast uses: the one of its start, or the latest of an earlier day.

One of a later day would know what came. Of a number whose range has changed since the ensemble was made, the range
counts and not the ensemble.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.fitted.ensemble import FOLDER, Calibration, load
from veerkracht.forecast.inputs import Uncertain, uncertain
from veerkracht.region import Region
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.types import Text

_USED = Text(
    "De onzekere getallen van {programme} zijn afgestemd op {count} cijfers die op {start} bekend waren.",
    "The uncertain numbers of {programme} are fitted to {count} figures that were known on {start}.",
)
_CHANGED = Text(
    "Van {count} van die getallen is de marge sindsdien veranderd: die komen uit hun nieuwe marge. "
    "Met `veerkracht calibrate` worden ze opnieuw afgestemd.",
    "The range of {count} of those numbers has changed since: they come from their new range. "
    "`veerkracht calibrate` fits them anew.",
)
_NONE = Text(
    "De onzekere getallen van {programme} zijn niet afgestemd op cijfers: er is geen kalibratie met cijfers die op "
    "{start} bekend waren. Ze komen uit hun volle marge.",
    "The uncertain numbers of {programme} are not fitted to figures: there is no calibration with figures that were "
    "known on {start}. They come from their full range.",
)


@dataclass(frozen=True)
class Used:
    """`sets`: for `Draws`. `rests_on`: what a reader must know of them."""

    sets: Mapping[str, Real] = field(default_factory=dict)
    rests_on: tuple[Text, ...] = ()


def draws_of(
    region: Region, programmes: Sequence[str], start: date, draws: Draws
) -> tuple[Draws, tuple[Text, ...]]:
    """The draws with the sets of the region's calibrations, where they do not bring sets of their own."""
    if draws.sets is not None:
        return draws, ()
    used = [one for one in (_of(region, id, start) for id in programmes) if one is not None]
    sets = {name: values for one in used for name, values in one.sets.items()}
    return replace(draws, sets=sets), tuple(dict.fromkeys(text for one in used for text in one.rests_on))


def _of(region: Region, programme: str, start: date) -> Used | None:
    """What is used for a programme; None in a region that keeps no calibrations."""
    folder = region.folder / FOLDER
    kept = _kept(folder, programme)
    if not kept:
        return None
    named = region.programme(programme).name if programme in region.programmes else Text(programme, programme)
    fitting = [path for day, path in kept if day <= start]
    if not fitting:
        return Used(rests_on=(_NONE.fill(programme=named, start=_day(start)),))
    made = _read(fitting[-1], fitting[-1].stat().st_mtime_ns)
    if not made.figures:
        return Used(rests_on=(_NONE.fill(programme=named, start=_day(start)),))
    changed = {number.name for number in made.numbers if not _is_as_it_was(region, number, start)}
    sets = {name: values for name, values in made.by_name().items() if name not in changed}
    own = [_USED.fill(programme=named, count=len(made.figures), start=_day(made.start))]
    if changed:
        own.append(_CHANGED.fill(count=len(changed)))
    return Used(sets, tuple(own))


def _kept(folder: Path, programme: str) -> list[tuple[date, Path]]:
    """The ensembles that hold a programme, the earliest first."""
    found = []
    for path in folder.glob("*.json"):
        names, _, day = path.stem.partition(".")
        if day and programme in names.split("+"):
            found.append((date.fromisoformat(day), path))
    return sorted(found)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Calibration:
    """An ensemble from its file; `changed` is when the file was, so that a new one is read anew."""
    return load(path)


def _is_as_it_was(region: Region, number: Uncertain, start: date) -> bool:
    """Whether the number has on the start the range that it had in the ensemble. Of others than programmes: yes."""
    if number.owner not in region.programmes:
        return True
    named = [one for one in region.programmes[number.owner].parameters if one.id == number.id]
    if not named:  # not a number of the file, such as how unusual a year was
        return True
    try:
        now = uncertain(value_on(named, start))
    except DateFault:
        return False
    return (now.value, now.low, now.high) == (number.value, number.low, number.high)


def _day(on: date) -> Text:
    return Text(f"{on:%d-%m-%Y}", f"{on}")
