"""What organisations report of their staff, as columns for the forecast's staff model, with how complete it is."""

from datetime import date, timedelta

import polars as pl

from veerkracht.register.staff.models import StaffCount, StaffFlow
from veerkracht.register.staff.queries import tables
from veerkracht.register.supply.models import Service

SCHEMA = {
    "sector": pl.String(),
    "profession": pl.String(),
    "fte": pl.Float64(),
    "vacancies": pl.Int64(),
    "sick_share": pl.Float64(),
    "quit": pl.Int64(),
    "organisations": pl.Int64(),
    "fte_known": pl.Float64(),
    "vacancies_known": pl.Float64(),
    "sick_known": pl.Float64(),
    "quit_known": pl.Float64(),
    "services_counted": pl.Float64(),
    "oldest": pl.Date(),
}
_YEAR = timedelta(days=365)


def columns(on: date) -> pl.DataFrame:
    """One row a sector and profession, columns of `SCHEMA`: full-time equivalents, open posts, share sick, and who quit
    in the year before; null: nobody said. For computing over the whole region, not for showing: it holds every count.

    `…_known`: the share of the counts that said it, 0 to 1 (of quits: the share of the organisations counted that told
    the whole year). `services_counted`: the share of all services of the register for which there is any count. What is
    reported is a part of a region unless every organisation reports; it is never scaled up here.
    """
    counts = tables.latest(tables.counts(StaffCount.objects.filter(replaced_by=None, on__lte=on)), on)
    year = StaffFlow.objects.filter(replaced_by=None, until_date__lte=on, until_date__gt=on - _YEAR)
    flows = tables.periods(year)
    services = Service.objects.count()
    counted = counts["service"].drop_nulls().n_unique() / services if services else 0.0
    rows = []
    for (sector, profession), own in counts.group_by(["sector", "profession"], maintain_order=True):
        of = (pl.col("sector") == sector) & (pl.col("profession") == profession)
        rows.append(
            {"sector": sector, "profession": profession, "services_counted": counted}
            | _row(own, flows.filter(of))
        )
    return pl.DataFrame(rows, schema=SCHEMA).sort("sector", "profession")


def _row(own: pl.DataFrame, flows: pl.DataFrame) -> dict[str, object]:
    sums = tables.summed(own, ("fte_hundredths", "vacancies"))
    fte, vacancies, sick = sums["fte_hundredths"], sums["vacancies"], tables.sick(own)
    quit, organisations = tables.summed(flows, ("quit",))["quit"], own["organisation"].n_unique()
    return {
        "fte": None if fte.value is None else fte.value / 100,
        "vacancies": vacancies.value,
        "sick_share": None if sick.value is None else sick.value / 1000,
        "quit": quit.value,
        "organisations": organisations,
        "fte_known": fte.known / own.height,
        "vacancies_known": vacancies.known / own.height,
        "sick_known": sick.known / own.height,
        "quit_known": _told_a_year(flows) / organisations,
        "oldest": own["on"].min(),
    }


def _told_a_year(flows: pl.DataFrame) -> float:
    """How many organisations' years are told in which it is known who quit: the days of their periods together."""
    said = flows.filter(pl.col("quit").is_not_null())
    days = said.select(
        days=(pl.col("until_date") - pl.col("from_date")).dt.total_days() + 1, of="organisation"
    )
    return float(
        days.group_by("of").agg((pl.col("days").sum() / _YEAR.days).clip(upper_bound=1))["days"].sum()
    )
