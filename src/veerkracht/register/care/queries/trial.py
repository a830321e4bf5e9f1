"""Try a rule: who wins and who loses on the real list when a draft of the programme would hold. Nothing is kept."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import polars.selectors as cs

from veerkracht import forecast, region
from veerkracht.register.care.access import may, require
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.drafts import Draft, drafted
from veerkracht.register.care.queries.forecasts import Progress, is_played, played, share_of
from veerkracht.register.care.queries.live import current_list
from veerkracht.register.care.queries.protected import Rounding, keyed_list, rounding_of
from veerkracht.register.care.queries.protected_trials import (
    check_day,
    check_draft,
    in_steps,
    protect_sum,
    protect_turns,
    sums_rounded,
)
from veerkracht.register.care.queries.questions import Question
from veerkracht.register.care.queries.round_views import Line, line_views
from veerkracht.register.care.queries.seen import seen
from veerkracht.register.care.queries.trial_results import Change, Sum, Trial, TurnChange
from veerkracht.register.disclosure.ages import AGE_BANDS, age_band
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.rounds import Basis, RoundResult, share_out
from veerkracht.rulebook.tables import on_date
from veerkracht.rulebook.types import Programme, Text

SHOWN = 50


def try_rule(
    actor: Actor, programme_id: str, draft: Draft, on: date, money_cents: int, *, basis: Basis = "programme"
) -> Trial:
    """Winners and losers of a draft in a round of an amount (cents a year) on a day, on the list as it stands.

    Nothing is stored; protected for who sees no list. Raises `Refused`, `RuleFault` naming every fault of the draft,
    `Invalid` for what could single out a person, and the rulebook's faults for money and dates that can't be.
    """
    require("round.dry-run", actor, programme_id)
    programme = programme_of(programme_id)
    changed = drafted(programme, draft, on)
    rounding = None
    shown = SHOWN if may("request.list", actor, programme_id) else 0
    if shown:
        record(actor, "list", "request", detail={"programme": programme_id, "list": "trial"})
    else:
        check_draft(draft)
        check_day(on)
        rounding = rounding_of(programme)
        money_cents = in_steps(money_cents, rounding)
    whole = keyed_list(programme_id) if rounding else current_list(programme_id)
    table = whole.filter(pl.col("request_date") <= on)
    now, then = (share_out(table, rules, on, money_cents, basis=basis) for rules in (programme, changed))
    both = _beside(table, now, then, on)
    if shown:
        # By municipality or age a number beside that of the list would tell of whoever is not on the list.
        both = both.filter(pl.col("id").is_in(seen(table, actor, programme_id).get_column("id").implode()))
    winners, losers = both.filter("winner"), both.filter("loser")
    return Trial(
        programme=programme,
        draft=changed,
        on=on,
        money_cents=money_cents,
        now=_sum(now, rounding),
        then=_sum(then, rounding),
        total=_in_all(both, rounding),
        by_group=_by_group(both, programme, rounding),
        by_province=_by_area(both, "province", "province_name", rounding),
        by_area=_by_area(both, "code", "name", rounding),
        by_age=_by_age(both, rounding),
        winning=_lines(actor, then, winners.head(shown)),
        losing=_lines(actor, now, losers.head(shown)),
    )


def rough(plan: str = "", *, years: int = 10, runs: int = 50) -> Question:
    """What is asked of a draft: fewer runs than a forecast has, for a direction, not for a date.

    Without a plan: the one that the region names for turns.
    """
    return Question(plan or region.current().turns_plan, years=years, runs=runs, seed=1)


def turns_changed(
    actor: Actor,
    programme_id: str,
    draft: Draft,
    on: date,
    question: Question,
    *,
    progress: Progress | None = None,
) -> tuple[TurnChange, ...]:
    """What a draft does to the expected turns, by group: two forecasts with the same people and the same luck.

    Kept like any forecast. Raises `Refused`, and what is wrong with the draft or the day for who sees no list.
    """
    require("round.dry-run", actor, programme_id)
    programme = programme_of(programme_id)
    on_list = may("request.list", actor, programme_id)
    if not on_list:
        check_draft(draft)
        check_day(on)
    now = played(programme, question, share_of(progress, 0, 2))
    then = played(drafted(programme, draft, on), question, share_of(progress, 1, 2))
    changes = _turn_changes(programme, now, then)
    return changes if on_list else protect_turns(changes, rounding_of(programme))


def turns_are_there(actor: Actor, programme_id: str, draft: Draft, on: date, question: Question) -> bool:
    """Whether `turns_changed` answers at once."""
    require("round.dry-run", actor, programme_id)
    programme = programme_of(programme_id)
    return all(is_played(rules, question) for rules in (programme, drafted(programme, draft, on)))


def _beside(table: pl.DataFrame, now: RoundResult, then: RoundResult, on: date) -> pl.DataFrame:
    """Every waiting request with what each of two rounds does with it, in the order of the draft."""
    facts = on_date(table, on).select("id", "area", "age", "priority_group", cs.matches("^key$"))
    columns = ("granted", "cost_cents", "pot", "position")
    both = facts
    for name, result in (("now", now), ("then", then)):
        lines = result.lines.select("id", *(pl.col(column).alias(f"{column}_{name}") for column in columns))
        both = both.join(lines, on="id", how="left")
    got_now, got_then = (pl.col(f"granted_{name}").fill_null(value=False) for name in ("now", "then"))
    waits = ~got_now & ~got_then & (pl.col("pot_now") == pl.col("pot_then"))
    moved = pl.col("position_then").cast(pl.Int64) - pl.col("position_now").cast(pl.Int64)
    received = [
        pl.when(got).then(pl.col(f"cost_cents_{name}")).otherwise(0)
        for got, name in ((got_then, "then"), (got_now, "now"))
    ]
    return both.with_columns(
        winner=got_then & ~got_now,
        loser=got_now & ~got_then,
        forward=(waits & (moved < 0)).fill_null(value=False),
        back=(waits & (moved > 0)).fill_null(value=False),
        cents=received[0] - received[1],
    ).sort("pot_then", "position_then", "id", nulls_last=True)


def _changes(
    both: pl.DataFrame, by: str, names: Mapping[str, Text], rounding: Rounding | None
) -> tuple[Change, ...]:
    """A change for each value of a text column, in the sequence of `names`; those that have nobody are left out."""
    sums = sums_rounded(both, by, rounding) if rounding else _sums(both, by)
    found = {row[by]: row for row in sums.iter_rows(named=True)}
    return tuple(
        Change(
            id=id,
            name=name,
            requests=found[id]["requests"],
            winners=found[id]["winner"],
            losers=found[id]["loser"],
            forward=found[id]["forward"],
            back=found[id]["back"],
            cents=found[id]["cents"],
        )
        for id, name in names.items()
        if id in found
    )


def _sums(both: pl.DataFrame, by: str) -> pl.DataFrame:
    return both.group_by(by).agg(
        pl.len().alias("requests"),
        *(pl.col(name).sum() for name in ("winner", "loser", "forward", "back", "cents")),
    )


def _in_all(both: pl.DataFrame, rounding: Rounding | None) -> Change:
    name = Text("Allen", "Everyone")
    found = _changes(both.with_columns(all=pl.lit("all")), "all", {"all": name}, rounding)
    # Where nobody waits there is no row to add up.
    return found[0] if found else Change("all", name, 0, 0, 0, 0, 0, 0)


def _by_group(both: pl.DataFrame, programme: Programme, rounding: Rounding | None) -> tuple[Change, ...]:
    names = {str(group.number): group.name for group in programme.groups}
    names["0"] = Text("Nog geen groep", "No group yet")
    named = both.with_columns(pl.col("priority_group").cast(pl.String))
    return _changes(named, "priority_group", names, rounding)


def _by_area(both: pl.DataFrame, code: str, name: str, rounding: Rounding | None) -> tuple[Change, ...]:
    known = areas.table().select("code", pl.col(code).alias("set"), pl.col(name).alias("set_name"))
    names = dict(known.select("set", "set_name").unique().sort("set_name").iter_rows())
    joined = both.join(known.select(pl.col("code").alias("area"), "set"), on="area", how="left")
    return _changes(joined, "set", {id: Text(text, text) for id, text in names.items()}, rounding)


def _by_age(both: pl.DataFrame, rounding: Rounding | None) -> tuple[Change, ...]:
    names = {"0": Text(f"jonger dan {AGE_BANDS[0]}", f"under {AGE_BANDS[0]}")}
    for low, high in zip(AGE_BANDS, (*AGE_BANDS[1:], None), strict=True):
        years = f"{low}-{high - 1}" if high else ""
        names[str(low)] = Text(years or f"{low} en ouder", years or f"{low} and over")
    return _changes(both.with_columns(age_band(pl.col("age")).alias("band")), "band", names, rounding)


def _sum(result: RoundResult, rounding: Rounding | None) -> Sum:
    found = Sum(
        granted=int(result.lines.get_column("granted").sum()),
        spent_cents=result.spent_cents,
        left_cents=result.left_cents,
        kept_out=result.not_eligible.height,
    )
    return protect_sum(found, rounding) if rounding else found


def _lines(actor: Actor, result: RoundResult, rows: pl.DataFrame) -> tuple[Line, ...]:
    found = rows.select("id").join(result.lines, on="id", how="inner", maintain_order="left")
    return tuple(line for lines in line_views(found, actor).values() for line in lines)


def _turn_changes(
    programme: Programme, now: forecast.Forecast, then: forecast.Forecast
) -> tuple[TurnChange, ...]:
    ours = now.turns().select("id", "priority_group", pl.col("p50").alias("now"))
    both = ours.join(then.turns().select("id", pl.col("p50").alias("then")), on="id", how="left")
    both = both.with_columns(days=(pl.col("then") - pl.col("now")).dt.total_days())
    changes = []
    for group in programme.groups:
        own = both.filter(pl.col("priority_group") == group.number)
        days = own.get_column("days").drop_nulls()
        changes.append(
            TurnChange(
                group=group.number,
                name=group.name,
                both=days.len(),
                only_now=own.filter(pl.col("now").is_not_null() & pl.col("then").is_null()).height,
                only_then=own.filter(pl.col("now").is_null() & pl.col("then").is_not_null()).height,
                median_days=days.median(),
                p10_days=days.quantile(0.1),
                p90_days=days.quantile(0.9),
            )
        )
    return tuple(changes)
