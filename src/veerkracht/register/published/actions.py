"""Publishing: the figures of a quarter day, protected, checked against what was published before, and kept."""

import hashlib
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from django.db import transaction

from veerkracht import region
from veerkracht.region.disclosure import ROUND, Disclosure
from veerkracht.register import clock, disclosure
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.protected import secret, with_keys
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.published.counting import rows_on
from veerkracht.register.published.models import MoneyRelease, Release
from veerkracht.register.published.money_checks import check
from veerkracht.register.published.money_release import Terms, drafted
from veerkracht.register.published.tables import Published, counted, published_cells
from veerkracht.rulebook.types import Text


def publish(programme_id: str, *, by: Actor, on: date) -> Release:
    """Publish who waits and who is helped at the end of a quarter. Gives what is published already when nothing that
    it counts has changed.

    Raises `Refused`, and `Invalid` for a day that is not the end of a quarter, or when another version of the same day
    would tell by its difference who came or went.
    """
    require("figures.publish", by, programme_id)
    _check_day(programme_id, on)
    choice = _choice()
    cells = published_cells(programme_of(programme_id), region.current().areas)
    at = clock.now()
    rows = rows_on(programme_id, on, at)
    fingerprint = _fingerprint(rows, choice)
    # Does somebody else publish the same day meanwhile? The constraint on versions stops the second.
    with said(), transaction.atomic():
        earlier = list(Release.objects.filter(programme=programme_id).order_by("on", "version"))
        same_day = [one for one in earlier if one.on == on]
        if same_day and same_day[-1].fingerprint == fingerprint:
            return same_day[-1]
        shown = protected(cells, rows, programme_id, choice, earlier, on)
        release = Release.objects.create(
            programme=programme_id,
            on=on,
            version=len(same_day) + 1,
            method=choice.method,
            threshold=choice.threshold,
            base=choice.base,
            cells={**cells.cells.to_dict(as_series=False), "shown": shown},
            fingerprint=fingerprint,
            published_at=at,
            by_id=by.user_id,
            by_name=by.name,
        )
        detail = {"programme": programme_id, "on": on.isoformat(), "version": release.version}
        record(by, "create", release, detail=detail)
    return release


def publish_money(*, by: Actor, year: int | None = None) -> MoneyRelease:
    """Publish what was voted, committed and paid up to a budget year (this one) as another version; what is published
    already when nothing of it changed.

    Checked against its standards before it is kept. Raises `Refused`, and `Invalid` for a year to come, a region that
    does not say who publishes, or files that do not hold to their standards.
    """
    require("money.publish", by, EVERY_PROGRAMME)
    last_year = year or clock.today().year
    _check_year(last_year)
    publisher = region.current().open_money
    if publisher is None:
        raise Invalid(Text("De regio zegt niet wie het geld publiceert.", "The region has no [open_money]."))
    # Does somebody else publish meanwhile? The constraint on versions stops the second.
    with said(), transaction.atomic():
        before = MoneyRelease.objects.order_by("-version").first()
        terms = Terms(
            publisher=publisher,
            disclosure=_choice(),
            last_year=last_year,
            version=before.version + 1 if before else 1,
            at=clock.now(),
            before=before.persons if before else {},
        )
        draft = drafted(terms)
        if before and before.fingerprint == draft.fingerprint:
            return before
        check(draft.files)
        release = MoneyRelease.objects.create(
            version=terms.version,
            year=last_year,
            files=draft.files,
            summary=draft.summary,
            persons=draft.persons,
            fingerprint=draft.fingerprint,
            published_at=terms.at,
            by_id=by.user_id,
            by_name=by.name,
        )
        record(by, "create", release, detail={"version": release.version, "year": last_year})
    return release


def _check_year(year: int) -> None:
    first, last = 1990, clock.today().year
    if not first <= year <= last:
        raise Invalid(
            Text(
                nl=f"Kies een begrotingsjaar van {first} tot {last}; gevonden: {year}.",
                en=f"Choose a budget year from {first} to {last}; found: {year}.",
            ),
            "year",
        )


def protected(
    cells: Published,
    rows: pl.DataFrame,
    programme_id: str,
    choice: Disclosure,
    earlier: list[Release],
    on: date,
) -> list[int | None]:
    """What is shown of each cell; None where it is left out. Raises `Invalid` as `publish` does."""
    found = counted(cells, with_keys(rows), region.current().areas)
    counts = found.get_column("count").to_numpy()
    if choice.method == ROUND:
        names = [_name(programme_id, row) for row in found.iter_rows(named=True)]
        keyed = disclosure.Cells(names, counts, found.get_column("key").to_numpy())
        numbers = disclosure.rounded(keyed, choice.base, secret())
        return [int(number) for number in disclosure.settled(cells.linked, numbers, choice.base)]
    need = disclosure.need_of(counts, found.get_column("persons").to_numpy(), choice.threshold)
    for release in earlier:
        changed = _changed_by_few(cells, rows, release, choice.threshold)
        if release.on == on and changed.any():
            raise _would_tell(int(changed.sum()), choice.threshold)
        need = disclosure.need_also(need, counts, changed, choice.threshold)
    hidden = disclosure.suppressed(cells.linked, counts, need)
    return [None if left_out else int(count) for count, left_out in zip(counts, hidden, strict=True)]


def _name(programme_id: str, row: dict[str, Any]) -> str:
    of = {name: row[name] for name in ("area", "group", "age")}
    return disclosure.cell_name(programme_id, row["measure"], **of)


def _changed_by_few(cells: Published, rows: pl.DataFrame, release: Release, threshold: int) -> np.ndarray:
    """Which cells gained and lost fewer persons than the threshold, but some, since a release: the difference of the
    two numbers would be about them.
    """
    before = rows_on(release.programme, release.on, release.published_at)
    went = before.join(rows, on=before.columns, how="anti")
    came = rows.join(before, on=rows.columns, how="anti")
    moved = pl.concat([went, came]).with_columns(key=pl.lit(0, pl.Int64))
    persons = counted(cells, moved, region.current().areas).get_column("persons").to_numpy()
    return (persons > 0) & (persons < threshold)


def _check_day(programme_id: str, on: date) -> None:
    if (on + timedelta(days=1)).day != 1 or on.month % 3:
        raise Invalid(
            Text(
                nl=f"{on} is niet de laatste dag van een kwartaal. Cijfers worden alleen dan gepubliceerd: van twee "
                "dagen naast elkaar vertelt het verschil wie erbij kwam.",
                en=f"{on} is not the last day of a quarter. Figures are published for those days only: of two days "
                "beside each other the difference tells who came.",
            ),
            "on",
        )
    first, last = programme_of(programme_id).begins, clock.today()
    if not first <= on < last:
        raise Invalid(
            Text(
                nl=f"Over {on} kan niets gepubliceerd worden: kies een dag vanaf {first} en vóór {last}.",
                en=f"Nothing can be published about {on}: choose a day from {first} and before {last}.",
            ),
            "on",
        )


def _choice() -> Disclosure:
    choice = region.current().disclosure
    if choice is None:
        raise Invalid(
            Text("De regio zegt niet hoe cijfers beschermd worden.", "The region has no [disclosure].")
        )
    return choice


def _would_tell(cells: int, threshold: int) -> Invalid:
    return Invalid(
        Text(
            nl=f"Deze dag is al gepubliceerd, en sindsdien veranderden {cells} aantallen door minder dan {threshold} "
            "personen. Het verschil van de twee versies zou vertellen wie. Er is niets gepubliceerd.",
            en=f"This day was published already, and since then {cells} counts changed by fewer than {threshold} "
            "persons. The difference of the two versions would tell who. Nothing was published.",
        ),
        "on",
    )


def _fingerprint(rows: pl.DataFrame, choice: Disclosure) -> str:
    """Stands for what is counted and how it is protected; made with the secret, so that nobody can try lists on it."""
    made = hashlib.blake2b(key=secret()[:64], digest_size=32)
    made.update(repr((choice.method, choice.threshold, choice.base)).encode())
    made.update(rows.write_csv().encode())
    return made.hexdigest()
