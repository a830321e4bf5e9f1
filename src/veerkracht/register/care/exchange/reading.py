"""Reads a requests file into text columns: CSV (comma, semicolon or tab; UTF-8 with or without BOM) or Parquet."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import compute, parquet

from veerkracht.register.care.exchange import fields
from veerkracht.register.care.exchange.faults import Faults, FileFault, listed, said

MIB = 2**20
BATCH = 50_000
SIGNATURE = b"PAR1"
# What the reader of CSV takes in one cell, too.
LONGEST_CELL = 131_072

Tick = Callable[..., None]


@dataclass(frozen=True)
class Limits:
    """What one import may be at most: beyond it the file is refused before anything is read."""

    bytes: int = 256 * MIB
    rows: int = 2_000_000


LIMITS = Limits()


def read(path: Path, faults: Faults, limits: Limits = LIMITS, tick: Tick | None = None) -> pl.DataFrame:
    """The file's rows as text: one String column per field (null = empty cell), and `line` of the file.

    Rows that don't have the header's number of cells go to `faults`. Raises FileFault for what is wrong with
    the file as a whole.
    """
    size = _size(path, limits)
    with path.open("rb") as file:
        is_parquet = file.read(4) == SIGNATURE
    batches = _parquet(path, limits) if is_parquet else _csv(path, faults, limits)
    read_so_far: list[pl.DataFrame] = []
    rows = 0
    for batch, done in batches:
        read_so_far.append(batch.with_columns(fields.cleaned(name) for name in fields.NAMES))
        rows += batch.height
        if rows > limits.rows:
            raise FileFault(_too_many_rows(path, f"more than {limits.rows:,}", limits))
        if tick:
            tick(min(done, size), size)
    table = pl.concat(read_so_far) if read_so_far else _empty()
    if not table.height and not faults.total:
        raise FileFault(f"{path.name}: has a header but no rows; expected at least one request.")
    return table


def fingerprint(path: Path) -> str:
    """SHA-256 of the file, so that a report says which file it was about."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(path: Path, limits: Limits) -> int:
    if not path.is_file():
        raise FileFault(f"{path}: no such file; expected a CSV or Parquet file.")
    size = path.stat().st_size
    if size == 0:
        raise FileFault(f"{path.name}: is empty; expected a header line and at least one request.")
    if size > limits.bytes:
        raise FileFault(_too_large(path, size, limits))
    return size


def _too_large(path: Path, size: int, limits: Limits) -> str:
    return (
        f"{path.name}: is {size / MIB:,.0f} MiB; one import takes at most {limits.bytes / MIB:,.0f} MiB."
        " Split it into smaller files, or write it as Parquet."
    )


def _too_many_rows(path: Path, found: str, limits: Limits) -> str:
    return f"{path.name}: has {found} rows; one import takes at most {limits.rows:,}. Split it into smaller files."


def _csv(path: Path, faults: Faults, limits: Limits) -> Iterator[tuple[pl.DataFrame, int]]:
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            delimiter = _delimiter(first)
            header = _header(path, next(csv.reader([first], delimiter=delimiter), []))
            reader = csv.reader(file, delimiter=delimiter)
            rows: list[tuple[int, list[str]]] = []
            for row in reader:
                start, line = line + 1, 1 + reader.line_num
                if not any(row):
                    continue
                if len(row) == len(header):
                    rows.append((start, row))
                else:
                    faults.add(start, "row", f"{len(row)} cells", f"{len(header)}, as in the header")
                if len(rows) == BATCH:
                    yield _columns(header, rows), file.buffer.tell()
                    rows = []
            if rows:
                yield _columns(header, rows), file.buffer.tell()
    except UnicodeDecodeError as error:
        raise FileFault(
            f"{path.name}, after line {line}: found a byte 0x{error.object[error.start]:02x} that is not UTF-8;"
            " expected a file saved as UTF-8."
        ) from error
    except csv.Error as error:
        raise FileFault(f"{path.name}, after line {line}: can't be read as CSV ({error}).") from error


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _header(path: Path, cells: list[str]) -> list[str]:
    """The columns of the file, every fault in the header at once."""
    names = [cell.strip().lower() for cell in cells]
    unknown = [name for name in names if name not in fields.BY_NAME]
    twice = sorted({name for name in names if names.count(name) > 1})
    missing = [name for name in fields.REQUIRED if name not in names]
    wrong = [f"unknown column {said(name)}" for name in unknown]
    wrong += [f"column '{name}' stands there twice" for name in twice if name not in unknown]
    wrong += [f"column '{name}' is missing" for name in missing]
    if wrong:
        raise FileFault(
            f"{path.name}, line 1 (header): {'; '.join(wrong)}."
            f" Expected columns: {listed(fields.NAMES, most=len(fields.NAMES))}."
        )
    return names


def _columns(header: list[str], rows: list[tuple[int, list[str]]]) -> pl.DataFrame:
    cells = zip(*(row for _, row in rows), strict=True)
    given = {name: list(column) for name, column in zip(header, cells, strict=True)}
    return _shaped(pl.DataFrame({"line": [line for line, _ in rows], **given}))


def _parquet(path: Path, limits: Limits) -> Iterator[tuple[pl.DataFrame, int]]:
    try:
        # As a dictionary a text that returns in every row is unpacked once, however many rows there are.
        texts = [column.name for column in parquet.read_schema(path) if _is_text(column.type)]
        file = parquet.ParquetFile(path, read_dictionary=texts)
    except Exception as error:  # pyarrow raises many kinds for a broken file
        raise FileFault(f"{path.name}: can't be read as Parquet ({error}).") from error
    header = _header(path, file.schema_arrow.names)
    if file.metadata.num_rows > limits.rows:
        raise FileFault(_too_many_rows(path, f"{file.metadata.num_rows:,}", limits))
    _check_unpacked(path, file.metadata, limits)
    done = 0
    for batch in file.iter_batches(batch_size=BATCH):
        _check_cells(path, batch)
        frame = pl.DataFrame(pl.from_arrow(batch)).rename(dict(zip(batch.schema.names, header, strict=True)))
        # The header of a CSV file is line 1; rows of Parquet are numbered as if they had one too.
        lines = pl.int_range(done + 2, done + 2 + frame.height, eager=True).alias("line")
        done += frame.height
        yield _shaped(frame.with_columns(lines)), path.stat().st_size * done // file.metadata.num_rows


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _check_unpacked(path: Path, metadata: parquet.FileMetaData, limits: Limits) -> None:
    """A few kilobytes may unpack to gigabytes: what counts is what they become."""
    size = sum(metadata.row_group(place).total_byte_size for place in range(metadata.num_row_groups))
    if size > limits.bytes:
        raise FileFault(_too_large(path, size, limits))


def _check_cells(path: Path, batch: pa.RecordBatch) -> None:
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if not isinstance(column, pa.DictionaryArray) or not len(column.dictionary):
            continue
        longest = compute.max(compute.binary_length(column.dictionary)).as_py()
        if longest and longest > LONGEST_CELL:
            raise FileFault(
                f"{path.name}: '{name}' has a cell of {longest:,} bytes; expected at most {LONGEST_CELL:,}."
            )


def _shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """All fields, as text, in a fixed order; those the file doesn't have are empty."""
    return frame.select(
        pl.col("line").cast(pl.Int64),
        *(
            pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, pl.String).alias(name)
            for name in fields.NAMES
        ),
    )


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={"line": pl.Int64, **dict.fromkeys(fields.NAMES, pl.String)})
