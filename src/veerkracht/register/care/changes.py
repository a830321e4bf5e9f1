"""What changed in a list since a round was prepared on it, in words."""

import polars as pl

from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import restricted
from veerkracht.rulebook.types import Text

# More lines than this nobody reads; how many there are is always said.
_SHOWN = 20


def changes(before: pl.DataFrame, after: pl.DataFrame, actor: Actor) -> tuple[Text, ...]:
    """Which requests came, went or moved between two kept lists (`proposals.KEPT`), a text each; without those that
    the actor may not know of.
    """
    hidden = list(Request.objects.filter(restricted(actor)).values_list("pk", flat=True))
    before, after = (rows.filter(~pl.col("id").is_in(hidden)) for rows in (before, after))
    both = before.join(after, on="id", how="full", suffix="_after", coalesce=False)
    came = both.filter(pl.col("id").is_null())
    went = both.filter(pl.col("id_after").is_null())
    stayed = both.drop_nulls(["id", "id_after"])
    moved = stayed.filter(
        pl.col("priority_date").ne_missing(pl.col("priority_date_after"))
        | (pl.col("pot") != pl.col("pot_after"))
    )
    cost = stayed.filter(
        (pl.col("cost_cents") != pl.col("cost_cents_after")) | (pl.col("share") != pl.col("share_after"))
    ).filter(~pl.col("id").is_in(moved.get_column("id").implode()))
    found = [
        *_lines(came, "id_after", _came),
        *_lines(went, "id", _went),
        *_lines(moved, "id", _moved),
        *_lines(cost, "id", _cost),
    ]
    return tuple(found) or (_NOTHING_TO_SAY,)


# The same whether only the rules changed or what changed may not be known: else this text would tell.
_NOTHING_TO_SAY = Text(
    nl="De regels of de volgorde zijn veranderd; over de vragen die u mag zien, is er niets te melden.",
    en="The rules or the order have changed; there is nothing to say about the requests that you may see.",
)


def _lines(rows: pl.DataFrame, id_column: str, line) -> list[Text]:
    shown = rows.head(_SHOWN)
    facts = {
        request.pk: request
        for request in Request.objects.filter(pk__in=shown.get_column(id_column).to_list())
    }
    texts = [line(row, facts[row[id_column]]) for row in shown.iter_rows(named=True)]
    more = rows.height - shown.height
    if more > 0:
        texts.append(Text(nl=f"… en nog {more} zoals de vorige", en=f"… and {more} more like the last"))
    return texts


def _came(row: dict, request: Request) -> Text:
    pot = row["pot_after"]
    return Text(
        nl=f"{request.number} kwam erbij ({pot}, plaats {row['position_after']})",
        en=f"{request.number} came ({pot}, place {row['position_after']})",
    )


def _went(row: dict, request: Request) -> Text:
    return Text(
        nl=f"{request.number} ging weg ({row['pot']}, plaats {row['position']}; nu “{request.state}”)",
        en=f"{request.number} went ({row['pot']}, place {row['position']}; now “{request.state}”)",
    )


def _moved(row: dict, request: Request) -> Text:
    before, after = f"{row['pot']} {row['position']}", f"{row['pot_after']} {row['position_after']}"
    return Text(
        nl=f"{request.number} verschoof van {before} naar {after}",
        en=f"{request.number} moved from {before} to {after}",
    )


def _cost(row: dict, request: Request) -> Text:
    before, after = row["cost_cents"] / 100, row["cost_cents_after"] / 100
    return Text(
        nl=f"{request.number} kost {after:.2f} euro per jaar in plaats van {before:.2f}",
        en=f"{request.number} costs {after:.2f} euro a year instead of {before:.2f}",
    )
