"""How many waited, day by day: what the register now knows about each day since the programme began."""

from datetime import date

import polars as pl

from veerkracht.register import clock
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.care.queries.freshness import Latest
from veerkracht.register.care.queries.protected import protect_history, with_keys
from veerkracht.register.care.queries.seen import Counted, seen
from veerkracht.register.people import demo
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require

_COLUMNS = (
    Out("id", "s.request_id", pl.Int64()),
    Out("person", "r.person_id", pl.Int64()),
    Out("holds_from", "s.holds_from", pl.Date()),
    Out("state", "s.state", pl.String(), nullable_text=True),
    Out("group", "s.priority_group", pl.Int64()),
)
_LAST = date(9999, 12, 31)
_kept = Latest(4)


def waiting_through_time(actor: Actor, programme_id: str) -> pl.DataFrame:
    """Waiting requests per priority group at the end of each quarter, and today: date, group (0: none), requests.

    For who may see the programme's figures; protected for who sees no list. Raises `Refused`.
    """
    require("figures.read", actor, programme_id)
    today = clock.today()
    counts = Counted(actor, programme_id)
    if counts.key is None:
        return _counted(counts, today)
    return _kept.get((counts.key, today), lambda: _counted(counts, today))


def quarter_ends(first: date, last: date) -> list[date]:
    """The last days of the quarters between two days, and the last day itself."""
    ends = (
        pl.date_range(first, last, "1q", eager=True).dt.truncate("1q").dt.offset_by("1q").dt.offset_by("-1d")
    )
    return [day for day in ends.to_list() if first <= day < last] + [last]


def _counted(counts: Counted, today: date) -> pl.DataFrame:
    spells = _spells(counts)
    begins = spells.get_column("begins").min()
    if not isinstance(begins, date):
        return pl.DataFrame(schema={"date": pl.Date, "group": pl.Int64, "requests": pl.Int64})
    programme = programme_of(counts.programme)
    # A demo world has no more than a part of the lists from before it begins: those are left out.
    first = max(begins, programme.begins, demo.exact_from() or begins)
    days = pl.DataFrame({"date": quarter_ends(first, max(today, first))}, {"date": pl.Date})
    groups = pl.DataFrame({"group": [0, *(group.number for group in programme.groups)]}, {"group": pl.Int64})
    # Who may see no list is shown rounded counts, and it hangs on who is in them how they are rounded.
    moves = _moves(spells if counts.on_list else with_keys(spells))
    counted = (
        days.join(groups, how="cross")
        .sort("date")
        .join_asof(moves, on="date", by="group", check_sortedness=False)
        .with_columns(pl.col("requests", "key").fill_null(0))
        .sort("date", "group")
    )
    return (counted if counts.on_list else protect_history(counted, programme)).drop("key")


def _spells(counts: Counted) -> pl.DataFrame:
    """From which day until before which day a request waited, and in which group: the fold of its steps."""
    steps = frame(
        _COLUMNS,
        "FROM care_step s JOIN care_request r ON r.id = s.request_id WHERE r.programme = %s "
        "ORDER BY s.request_id, s.holds_from, s.recorded_at, s.id",
        [counts.programme],
    )
    if counts.on_list:
        steps = seen(steps, counts.actor, counts.programme)
    return (
        steps.with_columns(
            pl.col("state", "group").forward_fill().over("id"),
            begins=pl.col("holds_from"),
            ends=pl.col("holds_from").shift(-1).over("id").fill_null(_LAST),
        )
        .filter(pl.col("state") == "waiting", pl.col("begins") < pl.col("ends"))
        .with_columns(pl.col("group").fill_null(0))
        .select("person", "group", "begins", "ends", key=pl.lit(0, pl.Int64))
    )


def _moves(spells: pl.DataFrame) -> pl.DataFrame:
    """How many wait in a group from each day on which that changes, and the sum of their keys."""
    came = spells.select("group", "key", date="begins", change=pl.lit(1))
    went = spells.select("group", -pl.col("key"), date="ends", change=pl.lit(-1))
    return (
        pl.concat([came, went])
        .group_by("group", "date")
        .agg(pl.col("change", "key").sum())
        .sort("group", "date")
        .with_columns(
            pl.col("key").cum_sum().over("group"),
            requests=pl.col("change").cum_sum().over("group").cast(pl.Int64),
        )
        .select("group", "date", "requests", "key")
        .sort("date")
    )
