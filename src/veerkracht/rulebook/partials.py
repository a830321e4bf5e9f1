"""Partial budgets: while they hold, a group is granted a part of what it asks."""

from datetime import date

import polars as pl

from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.pots import pot_of, pots
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Programme


def share(table: pl.DataFrame, programme: Programme, on: date, in_pot: pl.Series | None = None) -> pl.Series:
    """The part of its full cost that each row can be granted on a date: 1.0, a part, or 0.0.

    0.0: the group only hands out parts, and this request has no right to one (for instance because it has
    had its part), so it waits. Rows on a route outside the queue can always be granted in full.
    `in_pot`: what `pot_of` gave, when it is known already.
    """
    in_force = all_on(programme.partials, on)
    if not in_force:
        return pl.repeat(1.0, table.height, eager=True).alias("share")
    in_pot = pot_of(table, programme, on) if in_pot is None else in_pot
    prepared = on_date(table, on)
    numbers = {pot.id: number for number, pot in enumerate(pots(programme, on))}
    result = pl.lit(1.0)
    for partial in in_force:
        part = pl.lit(partial.share)
        if partial.rule:
            met = pl.lit(run(prepared, partial.rule, f"The partial budget {partial.id}")).fill_null(
                value=False
            )
            part = pl.when(met).then(part).otherwise(pl.lit(0.0 if partial.others == "wait" else 1.0))
        in_group = (pl.lit(in_pot) == numbers[partial.group]).fill_null(value=False)
        result = pl.when(in_group).then(part).otherwise(result)
    return prepared.with_columns(result.alias("share")).get_column("share")
