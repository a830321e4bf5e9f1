"""The staff norms of a kind of help: `[[norm]]` in the file of its supply."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from veerkracht.region.holding import check_order
from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.staffing import Norm
from veerkracht.rulebook.types import Assumption


def read_norms(reader: Reader, professions: Collection[str] | None) -> tuple[Norm, ...]:
    """Every norm of a file; those that can't be read are left out and noted. `professions`: that it may name; None when
    the region's staff could not be read, and then nothing is known of them.
    """
    found: list[Norm] = []
    for table in reader.tables("norm"):
        norm = _norm(table, professions)
        if norm is None:
            continue
        if _twice(norm, found):
            table.fault("id", "This norm has two values on one day.", norm.id, "each norm once a day")
        found.append(norm)
    return tuple(found)


def _norm(reader: Reader, professions: Collection[str] | None) -> Norm | None:
    id, text, asked = read_id(reader), reader.words("text"), reader.strings("professions")
    for index, profession in enumerate(asked):
        if professions is not None and profession not in professions:
            expected = one_of(sorted(professions), profession)
            reader.fault(("professions", index), "There is no such profession.", profession, expected)
    if reader.data.get("professions") == []:
        reader.fault("professions", "A norm is about staff.", "nothing", "at least one profession")
    source, assumption = reader.origin(number=True)
    fte, places = reader.number("fte", low=0), reader.integer("places", low=1)
    from_, until = reader.day("from", required=False), reader.day("until", required=False)
    if from_:
        check_order(reader, from_, until)
    kind = reader.string("kind", required=False)
    reader.done()
    if not (id and asked and places) or fte is None:
        return None
    _check_range(reader, fte, assumption)
    low, high = (assumption.low, assumption.high) if assumption else (None, None)
    return Norm(
        id=id, text=text, professions=asked, fte=_exact(fte), places=places, kind=kind,
        low=None if low is None else _exact(low), high=None if high is None else _exact(high),
        from_=from_ or UNREAD_DATE, until=until, source=source, assumption=assumption,
    )  # fmt: skip


def _check_range(reader: Reader, fte: float, assumption: Assumption | None) -> None:
    if fte == 0:
        reader.fault("fte", "This must be more than nothing.", fte, "a number above 0")
    if assumption and not (assumption.low or 0) <= fte <= (
        fte if assumption.high is None else assumption.high
    ):
        expected = f"from {assumption.low or 0:g} to {assumption.high:g}"
        reader.fault("fte", "The number is outside its own range.", fte, expected)


def _exact(value: float) -> Fraction:
    """As it stands in the file, not as a machine rounds it."""
    return Fraction(str(value))


def _twice(norm: Norm, earlier: list[Norm]) -> bool:
    return any(
        other.id == norm.id
        and (other.until is None or norm.from_ < other.until)
        and (norm.until is None or other.from_ < norm.until)
        for other in earlier
    )
