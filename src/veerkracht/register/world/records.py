"""The drawn rounds and books as rows of the register's tables."""

import hashlib

import polars as pl

from veerkracht.register.bulk import Tick, write
from veerkracht.register.care.models import Round, RoundLine, RoundList
from veerkracht.register.care.proposals import KEPT, pack
from veerkracht.register.money.models import Account, Credit, DayBalance, Entry, Posting
from veerkracht.register.people.models import User
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import to_date
from veerkracht.register.world.money import Books
from veerkracht.register.world.rounds import Rounds
from veerkracht.register.world.tables import Ids, as_date, moment

# Days before it is signed on which a round is prepared and reviewed.
PREPARED, REVIEWED = 6, 2


def write_rounds(
    blueprint: Blueprint, drawn: Rounds, ids: Ids, staff: dict[str, list[User]], tick: Tick
) -> None:
    """Write the signed rounds with their lines, and the lines once more as what was kept of the list."""
    lines = drawn.lines.with_columns(ids.request("row").alias("request_id"))
    kept = {}
    for (number,), ours in lines.group_by("round", maintain_order=True):
        listed = ours.with_columns(id="request_id", priority_date=as_date("priority")).select(KEPT)
        kept[number] = (pack(listed), listed.height)
    ids_of = dict(zip(drawn.lines["row"].to_list(), lines["request_id"].to_list(), strict=True))
    signed = _signed(
        blueprint, drawn, staff, {number: content for number, (content, _) in kept.items()}, ids_of
    )
    Round.objects.bulk_create(signed)
    RoundList.objects.bulk_create(
        RoundList(round_id=number + 1, content=content, rows=rows) for number, (content, rows) in kept.items()
    )
    rows = lines.select(
        pl.int_range(1, pl.len() + 1).alias("id"),
        "request_id",
        "pot",
        "position",
        "cost_cents",
        "share",
        "granted",
        "reason",
        round_id=pl.col("round") + 1,
    )
    write(RoundLine, rows, tick)


def _signed(
    blueprint: Blueprint,
    drawn: Rounds,
    staff: dict[str, list[User]],
    kept: dict[int, bytes],
    ids_of: dict[int, int],
) -> list[Round]:
    """The rounds: prepared by one officer, reviewed by another, signed by the signer."""
    days = pl.DataFrame({"on": [one["on"] for one in drawn.rounds]})
    at = {
        name: days.select(
            moment(blueprint.zone, "on", pl.lit(minutes)) - pl.duration(days=before)
        ).to_series()
        for name, before, minutes in (
            ("prepared", PREPARED, 60),
            ("reviewed", REVIEWED, 120),
            ("signed", 0, 180),
        )
    }
    return [
        Round(
            pk=one["round"] + 1,
            programme=blueprint.programme.id,
            date=to_date(one["on"]),
            money_cents=one["money"],
            envelopes=one["envelopes"],
            split_id=one["split"],
            state="signed",
            prepared_by=staff["officer"][0],
            prepared_at=at["prepared"][place],
            reviewed_by=staff["officer"][-1],
            reviewed_at=at["reviewed"][place],
            signed_by=staff["signer"][0],
            signed_at=at["signed"][place],
            fingerprint=hashlib.sha256(kept[one["round"]]).hexdigest(),
            summary=_summary(one, ids_of),
            version=3,
        )
        for place, one in enumerate(drawn.rounds)
    ]


def _summary(one: dict, ids_of: dict[int, int]) -> dict:
    """As `proposals.summary`."""
    pots = one["pots"].to_dicts()
    for pot in pots:
        pot["first_not_served"] = ids_of.get(pot["first_not_served"])
    return {
        "split": one["split"],
        "money_cents": one["money"],
        "elsewhere_cents": 0,
        "spent_cents": one["spent"],
        "left_cents": one["money"] - one["spent"],
        "granted": one["granted"],
        "waiting": one["waiting"],
        "pots": pots,
        "not_eligible": 0,
        "not_eligible_by_condition": {},
    }


def write_books(
    blueprint: Blueprint, books: Books, ids: Ids, staff: dict[str, list[User]], tick: Tick
) -> None:
    """Write credits, entries, postings and the balances that follow from them."""
    programme = blueprint.programme.id
    _write_credits(programme, books)
    accounts = {name: place for place, name in enumerate(Account.OF_PROGRAMME, 1)}
    balances = _balances(books.movements)
    Account.objects.bulk_create(
        Account(pk=place, programme=programme, name=name, balance_cents=balances.get(name, 0))
        for name, place in accounts.items()
    )
    numbered = _numbered(books.movements)
    officer = staff["officer"][0].pk
    entries = numbered.unique("entry", keep="first", maintain_order=True).select(
        id="entry",
        programme=pl.lit(programme),
        kind="kind",
        holds_from=as_date("on"),
        recorded_at=moment(blueprint.zone, "on", 200 + pl.col("turn") * 20),
        by_id=pl.lit(officer, pl.Int64),
        round_id=pl.col("round") + 1,
        credit_id=pl.col("credit") + 1,
        text="text",
    )
    write(Entry, entries, tick)
    postings = numbered.with_columns(ids.request()).select(
        pl.int_range(1, pl.len() + 1).alias("id"),
        entry_id="entry",
        source_id=pl.col("source").replace_strict(accounts, return_dtype=pl.Int64),
        target_id=pl.col("target").replace_strict(accounts, return_dtype=pl.Int64),
        amount_cents="cents",
        request_id="request",
    )
    write(Posting, postings, tick)
    # Few rows, which nobody waits for.
    write(DayBalance, _days(numbered, accounts), lambda _rows: None)


def _write_credits(programme: str, books: Books) -> None:
    Credit.objects.bulk_create(
        Credit(
            pk=place,
            programme=programme,
            year=one.year,
            name_nl=one.name.nl,
            name_en=one.name.en,
            amount_cents=one.amount_cents,
            recurrent=True,
            voted_on=one.voted_on,
            source_title=one.source_title,
            source_url=one.source_url,
            fictitious=one.fictitious,
        )
        for place, one in enumerate(books.credits, 1)
    )


def _days(movements: pl.DataFrame, accounts: dict[str, int]) -> pl.DataFrame:
    """What each account gained or lost on each day."""
    sides = [
        movements.select(
            account_id=pl.col(side).replace_strict(accounts, return_dtype=pl.Int64),
            day=as_date("on"),
            cents=pl.col("cents") * sign,
        )
        for side, sign in (("target", 1), ("source", -1))
    ]
    days = pl.concat(sides).group_by("account_id", "day").agg(pl.col("cents").sum())
    return days.sort("account_id", "day").select(pl.int_range(1, pl.len() + 1).alias("id"), pl.all())


def _numbered(movements: pl.DataFrame) -> pl.DataFrame:
    """The grants of one round are one entry; everything else is one of its own."""
    together = (pl.col("kind") == "granted") & pl.col("round").is_not_null()
    new = (
        ~together
        | (pl.col("round") != pl.col("round").shift()).fill_null(value=True)
        | (pl.col("kind") != pl.col("kind").shift()).fill_null(value=True)
    )
    return movements.with_columns(entry=new.cast(pl.Int64).cum_sum())


def _balances(movements: pl.DataFrame) -> dict[str, int]:
    came = dict(movements.group_by("target").agg(pl.col("cents").sum()).iter_rows())
    went = dict(movements.group_by("source").agg(pl.col("cents").sum()).iter_rows())
    return {name: came.get(name, 0) - went.get(name, 0) for name in {*came, *went}}
