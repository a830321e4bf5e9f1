"""Whether the rows of a file can be requests of a programme: codes, dates and rules, on whole columns."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from veerkracht.region import Region
from veerkracht.register.care.exchange.faults import Faults, listed
from veerkracht.register.care.models import ON_LIST
from veerkracht.rulebook import schemes
from veerkracht.rulebook.conditions import PREFIX, conditions
from veerkracht.rulebook.drafts import drafted
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.sql import columns_of
from veerkracht.rulebook.types import Condition, Programme

# Conditions that rest on nothing but these can't be met later by work on the file.
_OF_THE_PERSON = {"age", "birth_date", "on"}


def check(
    values: pl.DataFrame, programme: Programme, region: Region, today: date, faults: Faults
) -> pl.DataFrame:
    """The rows with `scheme` and `points` filled in; what is wrong goes to `faults`."""
    _codes(values, programme, region, faults)
    _dates(values, programme, today, faults)
    values = _categories(values, programme, today, faults)
    _places(values, programme, faults)
    _persons(values, faults)
    _beside(values, programme, faults)
    _conditions(values, programme, today, faults)
    return values


def _codes(values: pl.DataFrame, programme: Programme, region: Region, faults: Faults) -> None:
    _known(values, "area", region.areas.get_column("code").to_list(), "an area of the region", faults)
    _known(values, "language", region.languages, "a language of the region", faults)
    _known(values, "kind", programme.kinds, f"a kind of {programme.id}", faults)
    _known(values, "state", ON_LIST, "a state", faults)
    _known(values, "route", [route.id for route in programme.routes], "a route", faults)
    groups = [group.number for group in programme.groups]
    _known(values, "priority_group", groups, "a priority group", faults)
    _known(values, "scheme", [scheme.id for scheme in programme.schemes], "a category scheme", faults)


def _known(values: pl.DataFrame, name: str, known: Iterable, what: str, faults: Faults) -> None:
    codes = list(known)
    faults.add_where(values, ~pl.col(name).is_in(codes), name, f"{what}: {listed(codes)}")


def _dates(values: pl.DataFrame, programme: Programme, today: date, faults: Faults) -> None:
    for name in ("birth_date", "request_date", "plan_approved_on", "priority_date", "register_date"):
        faults.add_where(values, pl.col(name) > today, name, f"a date that is not after today, {today}")
    born_after = pl.col("request_date") < pl.col("birth_date")
    faults.add_where(values, born_after, "request_date", "a date after the date of birth")
    early = (pl.col("request_date") < programme.begins) & ~pl.col("converted").fill_null(value=False)
    faults.add_where(
        values,
        early,
        "request_date",
        f"{programme.begins} or later, when the programme began, or 'yes' in the column converted",
    )
    alone = pl.col("register_date").is_not_null() & ~pl.col("converted").fill_null(value=False)
    faults.add_where(values, alone, "register_date", "nothing, or 'yes' in the column converted")


def _categories(values: pl.DataFrame, programme: Programme, today: date, faults: Faults) -> pl.DataFrame:
    days = values.get_column("request_date").unique().drop_nulls().to_list()
    by_day = pl.DataFrame(
        {"request_date": days, "scheme_by_rule": [_scheme(programme, day, today) for day in days]},
        schema={"request_date": pl.Date, "scheme_by_rule": pl.String},
    )
    points = [
        (scheme.id, category, value)
        for scheme in programme.schemes
        for category, value in scheme.points.items()
    ]
    known = pl.DataFrame(points, schema=["scheme", "category", "points"], orient="row")
    given = pl.col("category").is_not_null()
    joined = (
        values.join(by_day, on="request_date", how="left", maintain_order="left")
        .with_columns(pl.when(given).then(pl.coalesce("scheme", "scheme_by_rule")).alias("scheme"))
        .join(known, on=["scheme", "category"], how="left", maintain_order="left")
    )
    unknown = given & pl.col("points").is_null() & pl.col("request_date").is_not_null()
    for (scheme,), rows in joined.filter(unknown).group_by("scheme", maintain_order=True):
        categories = known.filter(pl.col("scheme") == scheme).get_column("category").to_list()
        expected = f"a category of the scheme {scheme}: {listed(categories, most=24)}"
        faults.add_rows(
            rows, "category", expected if categories else "no category: no scheme holds on that day"
        )
    too_much = pl.col("points_held").cast(pl.Float64) > pl.col("points")
    faults.add_where(joined, too_much, "points_held", "at most the points of the category that is asked")
    return joined.drop("scheme_by_rule")


def _scheme(programme: Programme, request_date: date, today: date) -> str | None:
    try:
        return schemes.scheme_for(programme, request_date, today, today).id
    except DateFault:
        return None


def _places(values: pl.DataFrame, programme: Programme, faults: Faults) -> None:
    """Who waits has a group with a date, or a route; a programme without groups has neither."""
    if not programme.groups:
        return
    waits = (pl.col("state") == "waiting") & pl.col("route").is_null()
    faults.add_where(
        values, waits & pl.col("priority_group").is_null(), "priority_group", "a priority group, or a route"
    )
    in_group = pl.col("priority_group").is_not_null()
    faults.add_where(
        values, in_group & pl.col("priority_date").is_null(), "priority_date", "a date, as there is a group"
    )
    dated = pl.col("priority_date").is_not_null() & pl.col("priority_group").is_null()
    faults.add_where(values, dated, "priority_group", "a priority group, as there is a priority date")


def _persons(values: pl.DataFrame, faults: Faults) -> None:
    """The same person must be the same everywhere, and no reference may stand there twice."""
    faults.add_where(
        values,
        ~pl.col("reference").is_first_distinct(),
        "reference",
        "a reference that stands in the file once",
    )
    for name in ("birth_date", "given_name", "family_name", "area", "language"):
        first = pl.col(name).first().over("person")
        faults.add_where(
            values,
            pl.col("person").is_not_null() & (pl.col(name) != first),
            name,
            "the same as on this person's first row",
        )


def _beside(values: pl.DataFrame, programme: Programme, faults: Faults) -> None:
    """Two live requests of one person that may not stand beside one another."""
    several = values.filter(pl.col("person").is_not_null() & (pl.len().over("person") > 1))
    rows = several.select("line", "reference", "person", "kind").drop_nulls()
    pairs = rows.join(rows, on="person", suffix="_first").filter(pl.col("line_first") < pl.col("line"))
    for row in pairs.sort("line", "line_first").iter_rows(named=True):
        if not programme.may_coexist(row["kind_first"], row["kind"]):
            faults.add(
                row["line"],
                "kind",
                row["kind"],
                f"a kind that may stand beside '{row['kind_first']}' of line {row['line_first']}",
            )


def _conditions(values: pl.DataFrame, programme: Programme, today: date, faults: Faults) -> None:
    """Who waits must meet what rests on who they are, such as their age."""
    personal = [one for one in programme.conditions if columns_of(one.rule) <= _OF_THE_PERSON]
    if not personal:
        return
    facts = values.select("line", "birth_date", "state")
    checked = conditions(facts, _only(programme, personal), today)
    for condition in personal:
        name = PREFIX + condition.id
        if name in checked.columns:
            unmet = (~pl.col(name)) & (pl.col("state") == "waiting")
            expected = f"a person for whom this holds on {today}: {condition.reason.en}"
            faults.add_where(checked, unmet, "birth_date", expected)


def _only(programme: Programme, kept: list[Condition]) -> Programme:
    """The programme with these conditions alone: the others need facts that are not looked at here."""
    return drafted(programme, conditions=tuple(kept))
