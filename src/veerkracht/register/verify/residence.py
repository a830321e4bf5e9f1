"""A stay is what its events say, has its place, and ends when the person dies; prices keep to the rules."""

from collections.abc import Iterable

import polars as pl
from django.db import connection
from django.db.models import F, Q, Sum

from veerkracht.register import constraints
from veerkracht.register.residence import overlaps
from veerkracht.register.residence.models import Contribution, DayPrice, Residence, ResidenceEvent
from veerkracht.register.residence.prices import as_price, in_force
from veerkracht.register.residence.rules import rules_or_none
from veerkracht.register.residence.writing import Kind
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.day_prices import refusal
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        overlaps.NAME: (constraints.MESSAGES[overlaps.NAME], _overlaps),
        "residence_is_what_its_events_say": (
            Text(
                nl="Een verblijf in een huis is wat er volgens zijn gebeurtenissen van werd.",
                en="A stay in a home is what its events say became of it.",
            ),
            _events,
        ),
        "residence_has_its_place": (
            Text(
                nl="Wie in een huis verblijft, heeft daar een plaats, even lang; en wie vertrok, gaf ze terug.",
                en="Who stays in a home has a place there, as long; and who left gave it back.",
            ),
            _places,
        ),
        "residence_ends_with_a_death": (
            Text(
                nl="Het verblijf van wie overleden is, is beëindigd.",
                en="The stay of somebody who died has ended.",
            ),
            _deaths,
        ),
        "day_price_is_its_parts": (
            Text(nl="Een dagprijs is de som van zijn delen.", en="A day price is the sum of its parts."),
            _parts,
        ),
        "day_price_keeps_to_the_rule": (
            Text(
                nl="Een dagprijs stijgt zoals de regel van die dag toelaat.",
                en="A day price rises as the rule of that day allows.",
            ),
            _prices,
        ),
        "contribution_is_within_its_residence": (
            Text(
                nl="Een bijdrage begint tijdens het verblijf waarvoor ze is.",
                en="A contribution begins during the stay that it is for.",
            ),
            _contributions,
        ),
    }


def _overlaps() -> Iterable[str]:
    if not _is_guarded():
        yield f"trigger {overlaps.NAME}"
    rows = Residence.objects.order_by("person", "from_date", F("until_date").asc(nulls_last=True), "pk")
    before: tuple[int, object, int] | None = None
    for person, from_, until, key in rows.values_list("person", "from_date", "until_date", "pk").iterator():
        if before and before[0] == person and (before[1] is None or before[1] > from_):
            yield f"person {person}: residences {before[2]} and {key}"
        before = (person, until, key)


def _is_guarded() -> bool:
    if connection.vendor == "postgresql":
        query = "SELECT count(*) FROM pg_trigger WHERE tgname = %s"
    else:
        query = "SELECT count(*) = 2 FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s || '%%'"
    with connection.cursor() as cursor:
        cursor.execute(query, [overlaps.NAME])
        return bool(cursor.fetchone()[0])


_COLUMNS = ("stay_id", "from_date", "until_date", "end_reason", "away_since", "version")


def _events() -> Iterable[str]:
    rows = Residence.objects.order_by("pk").values_list("pk", *_COLUMNS)
    kept = pl.DataFrame(
        list(rows.iterator()), schema=["key", *_COLUMNS], orient="row", infer_schema_length=None
    )
    said = _folded()
    if kept.is_empty():
        return
    both = kept.join(said, on="key", how="left", suffix="_said")
    differs = pl.any_horizontal(pl.col(one).ne_missing(pl.col(f"{one}_said")) for one in _COLUMNS)
    yield from (f"residence {key}" for key in both.filter(differs)["key"])


def _folded() -> pl.DataFrame:
    """What the events say, stay by stay: as `writing.sets_of` sets the columns, one after the other."""
    rows = ResidenceEvent.objects.order_by("residence", "pk")
    names = ("residence", "kind", "holds_from", "stay", "reason")
    schema = {
        "residence": pl.Int64,
        "kind": pl.String,
        "holds_from": pl.Date,
        "stay": pl.Int64,
        "reason": pl.String,
    }
    events = pl.DataFrame(list(rows.values_list(*names).iterator()), schema=schema, orient="row")
    kind, day = pl.col("kind"), pl.col("holds_from")
    away = kind.is_in([Kind.LEFT, Kind.RETURNED, Kind.ENDED])
    return events.group_by(pl.col("residence").alias("key"), maintain_order=True).agg(
        stay_id=pl.col("stay").drop_nulls().last(),
        from_date=day.filter(kind == Kind.STARTED).first(),
        until_date=day.filter(kind == Kind.ENDED).last(),
        end_reason=pl.col("reason").filter(kind == Kind.ENDED).last().fill_null(""),
        away_since=pl.when(kind.filter(away).last() == Kind.LEFT).then(day.filter(away).last()),
        version=pl.len().cast(pl.Int64),
    )


def _places() -> Iterable[str]:
    elsewhere = ~Q(stay__unit__service=F("service"))
    is_open = Q(until_date=None)
    not_as_long = (is_open & Q(stay__until_date__isnull=False)) | (
        ~is_open & ~Q(stay__until_date=F("until_date"))
    )
    # To a database nothing does not equal something either.
    not_given_back = Q(until_date__isnull=False, stay__until_date=None)
    wrong = Residence.objects.filter(elsewhere | not_as_long | not_given_back).order_by("pk")
    yield from (f"residence {key}" for key in wrong.values_list("pk", flat=True))


def _deaths() -> Iterable[str]:
    wrong = Residence.objects.filter(until_date=None, person__died_on__isnull=False).order_by("pk")
    yield from (f"residence {key}" for key in wrong.values_list("pk", flat=True))


def _parts() -> Iterable[str]:
    summed = DayPrice.objects.annotate(parts_cents=Sum("parts__cents")).order_by("pk")
    wrong = summed.filter(~Q(parts_cents=F("cents")) | Q(parts_cents=None))
    yield from (f"day price {key}" for key in wrong.values_list("pk", flat=True))


def _prices() -> Iterable[str]:
    """A ground that the region no longer has is no fault: what was set stays."""
    known = rules_or_none()
    if known is None:
        return
    of: tuple[int, str] | None = None
    before: list[DayPrice] = []
    for row in in_force().order_by("service", "unit_kind", "from_date").iterator():
        if (row.service_id, row.unit_kind) != of:
            of, before = (row.service_id, row.unit_kind), []
        earlier = [as_price(one) for one in before]
        is_known = row.ground in known.grounds
        if is_known and refusal(known.price_rules, known.passings, earlier, as_price(row)) is not None:
            yield f"day price {row.pk}"
        before.append(row)


def _contributions() -> Iterable[str]:
    early = Q(from_date__lt=F("residence__from_date"))
    late = Q(residence__until_date__isnull=False, from_date__gt=F("residence__until_date"))
    wrong = Contribution.objects.filter(early | late).order_by("pk")
    yield from (f"contribution {key}" for key in wrong.values_list("pk", flat=True))
