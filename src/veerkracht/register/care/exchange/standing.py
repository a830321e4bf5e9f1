"""What of a file is in the register already, and what may not come beside it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl

from veerkracht.register.care.exchange import fields
from veerkracht.register.care.exchange.exporting import list_of
from veerkracht.register.care.exchange.faults import Faults
from veerkracht.register.care.exchange.parsing import parse
from veerkracht.register.care.models import ImportedRow, Request
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name
from veerkracht.rulebook.types import Programme

# How many values one query looks up.
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Standing:
    """`new`: rows to write. `already`: how many rows are there unchanged. `persons`: id by the file's mark."""

    new: pl.DataFrame
    already: int
    persons: dict[str, int]


def standing(values: pl.DataFrame, programme: Programme, faults: Faults) -> Standing:
    """Compare a file with the register; what can't be goes to `faults`."""
    values = values.with_columns(content(values))
    imported = _imported(programme.id, values.get_column("reference").drop_nulls().unique())
    numbered = _numbered(programme, values, imported)
    known = {**numbered, **imported}
    contents = pl.Series([known.get(reference) for reference in values["reference"]], dtype=pl.String)
    judged = values.with_columns(contents.alias("known"))
    faults.add_where(
        judged,
        pl.col("known").is_not_null() & (pl.col("known") != pl.col("content")),
        "reference",
        "a new reference, or the row as the register has it (a change is made in the file of the request)",
    )
    new = judged.filter(pl.col("known").is_null()).drop("known")
    persons = _persons(new, faults)
    _beside(new, persons, programme, faults)
    unchanged = pl.col("known") == pl.col("content")
    same = judged.filter(unchanged & ~pl.col("line").is_in(list(faults.lines))).height
    return Standing(new, same, persons)


def content(values: pl.DataFrame) -> pl.Series:
    """What a row says, as a hash: two rows with the same hash say the same, however they were written."""
    cells = [pl.col(name).cast(pl.String).fill_null("") for name in fields.NAMES if name != "reference"]
    lines = values.select(pl.concat_str(cells, separator="\x1f")).to_series()
    return pl.Series(
        "content", [hashlib.sha256(line.encode()).hexdigest() for line in lines], dtype=pl.String
    )


def _imported(programme_id: str, references: Iterable[str]) -> dict[str, str]:
    """What was imported before, by reference."""
    return dict(
        _looked_up(
            references,
            lambda some: ImportedRow.objects.filter(programme=programme_id, reference__in=some).values_list(
                "reference", "content"
            ),
        )
    )


def _numbered(programme: Programme, values: pl.DataFrame, imported: dict[str, str]) -> dict[str, str]:
    """Rows that this register once exported carry its own numbers: what it would export for them now.

    A request that no longer stands in the list has nothing to compare with, so it never counts as unchanged.
    """
    asked = [reference for reference in values["reference"].drop_nulls() if reference not in imported]
    numbers = Request.objects.filter(programme=programme.id)
    known = {
        number
        for (number,) in _looked_up(asked, lambda some: numbers.filter(number__in=some).values_list("number"))
    }
    if not known:
        return {}
    listed = list_of(programme.id).filter(pl.col("reference").is_in(known))
    cells = listed.with_columns(pl.lit(0, pl.Int64).alias("line"))
    contents = content(parse(cells, Faults()))
    return {**dict.fromkeys(known, ""), **dict(zip(listed["reference"], contents, strict=True))}


def _persons(new: pl.DataFrame, faults: Faults) -> dict[str, int]:
    """The persons of the file who are in the register, by their mark; they must be the same people."""
    marks = new.get_column("person").drop_nulls().unique()
    rows = _looked_up(
        marks,
        lambda some: ImportedRow.objects.filter(person_reference__in=some).values_list(
            "person_reference", "request__person_id"
        ),
    )
    by_mark = dict(rows)
    by_mark |= dict(
        _looked_up(
            [mark for mark in marks if mark not in by_mark],
            lambda some: Person.objects.filter(number__in=some).values_list("number", "pk"),
        )
    )
    people = {person.pk: person for person in _people(by_mark.values())}
    for row in new.filter(pl.col("person").is_in(list(by_mark))).iter_rows(named=True):
        _same(row, people[by_mark[row["person"]]], faults)
    return by_mark


def _people(ids: Iterable[int]) -> Iterator[Person]:
    yield from _looked_up(ids, lambda some: Person.objects.filter(pk__in=some))


def _same(row: dict[str, Any], person: Person, faults: Faults) -> None:
    if row["birth_date"] is not None and row["birth_date"] != person.birth_date:
        faults.add(
            row["line"], "birth_date", row["birth_date"], f"{person.birth_date}, as the register has it"
        )
    named = search_name(row["given_name"] or "", row["family_name"] or "")
    if row["given_name"] and row["family_name"] and named != person.search_name:
        faults.add(row["line"], "person", row["person"], "the same name as the register has for this person")
    if person.died_on:
        faults.add(row["line"], "person", row["person"], f"somebody who lives: died on {person.died_on}")


def _beside(new: pl.DataFrame, persons: dict[str, int], programme: Programme, faults: Faults) -> None:
    """Live requests of the same person that are in the register, and what may stand beside them."""
    live = Request.objects.filter(programme=programme.id, live=True)
    kinds: dict[int, list[tuple[str, str]]] = {}
    for person, kind, number in _looked_up(
        persons.values(),
        lambda some: live.filter(person__in=some).order_by("pk").values_list("person_id", "kind", "number"),
    ):
        kinds.setdefault(person, []).append((kind, number))
    for row in new.filter(pl.col("person").is_in(list(persons))).iter_rows(named=True):
        for kind, number in kinds.get(persons[row["person"]], []):
            if row["kind"] and not programme.may_coexist(kind, row["kind"]):
                expected = f"a kind that may stand beside '{kind}' of {number}, which is live"
                faults.add(row["line"], "kind", row["kind"], expected)


def _looked_up(values: Iterable[Any], query: Callable[[Sequence[Any]], Iterable[Any]]) -> Iterator[Any]:
    """The rows of a query for many values, so many at once."""
    remaining = iter(values)
    while some := list(islice(remaining, _AT_ONCE)):
        yield from query(some)
