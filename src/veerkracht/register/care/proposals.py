"""What a round proposes, and how to see later whether the list on which it rests has changed."""

import dataclasses
import hashlib
import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.rulebook.rounds import Basis, RoundResult, share_out, split_on
from veerkracht.rulebook.types import Programme, Split

# What is kept of the list, line by line: enough to defend each line and to say what changed since.
KEPT = ("id", "pot", "position", "cost_cents", "granted", "share", "priority_date")
_RULES = ("conditions", "groups", "orders", "schemes", "point_values", "routes", "partials", "splits")


@dataclass(frozen=True)
class Proposal:
    """`result` of the rules on `table` (the list of that moment), the `kept` lines, and their fingerprint."""

    result: RoundResult
    table: pl.DataFrame
    kept: pl.DataFrame
    fingerprint: str


def propose(
    programme: Programme,
    on: date,
    money_cents: int,
    *,
    basis: Basis = "programme",
    envelopes: dict[str, int] | None = None,
    split: Split | None = None,
    without: Collection[int] = (),
) -> Proposal:
    """Run the rules on the list as it stands, for a round on a day. Requests made after that day are left
    out.

    `without`: ids of requests that take no part, as they declined in this very round.
    """
    table = waiting_table(programme.id).filter(pl.col("request_date") <= on)
    if without:
        table = table.filter(~pl.col("id").is_in(list(without)))
    result = share_out(table, programme, on, money_cents, split=split, envelopes=envelopes, basis=basis)
    dates = table.select("id", "priority_date")
    kept = result.lines.join(dates, on="id", how="left", maintain_order="left").select(KEPT)
    rest = {"on": on, "money": money_cents, "basis": basis, "envelopes": envelopes, "split": result.split}
    fingerprint = _fingerprint(kept, {**rest, **{name: getattr(programme, name) for name in _RULES}})
    return Proposal(result, table, kept, fingerprint)


def follow_up_split(programme: Programme, on: date) -> Split:
    """The split of a round by which freed money goes back to the pots it came from."""
    return dataclasses.replace(split_on(programme, on), method="envelopes", programme_share=1.0)


def pack(kept: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    kept.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def unpack(content: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(content))


def summary(result: RoundResult) -> dict[str, Any]:
    """What a page shows of a proposal without reading its lines: JSON."""
    not_eligible = result.not_eligible.explode("conditions").group_by("conditions").len().sort("conditions")
    return {
        "split": result.split.id,
        "money_cents": result.money_cents,
        "elsewhere_cents": result.elsewhere_cents,
        "spent_cents": result.spent_cents,
        "left_cents": result.left_cents,
        "granted": int(result.lines.get_column("granted").sum()),
        "waiting": int((~result.lines.get_column("granted")).sum()),
        "pots": result.pots.to_dicts(),
        "not_eligible": result.not_eligible.height,
        "not_eligible_by_condition": {name: count for name, count in not_eligible.iter_rows() if name},
    }


def _fingerprint(kept: pl.DataFrame, rest: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(rest, default=_plain, sort_keys=True).encode())
    pots = kept.get_column("pot")
    codes = pots.cast(pl.Enum(pots.unique().sort())).to_physical()
    for column in (*(kept.get_column(name) for name in KEPT if name != "pot"), codes):
        digest.update(column.to_physical().fill_null(-1).to_numpy().tobytes())
    digest.update("|".join(pots.unique().sort()).encode())
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)
