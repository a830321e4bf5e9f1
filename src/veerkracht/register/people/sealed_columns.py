"""Columns of sealed texts: sealed again with the newest key, and how many still need an older one."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from veerkracht.register.people.sealing import is_by_newest, opened, seal

_CHUNK = 1000


def under_older_keys(model: type[models.Model], column: str) -> int:
    """How many texts of a column are not yet sealed with the newest key."""
    kept = model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
    return sum(not is_by_newest(sealed) for sealed in kept.iterator(_CHUNK))


def reseal(
    model: type[models.Model], column: str, marked: Callable[[str], dict[str, Any]] = lambda _text: {}
) -> int:
    """Seal every text of a column with the newest key, all of them or none; gives how many. Nobody sees one.

    `marked`: what else hangs on the text and the key, by column, as the mark by which it is found.
    """
    with transaction.atomic():
        # Locked: a text that is written meanwhile must not be lost under the old key.
        rows = model._default_manager.select_for_update().exclude(**{column: ""}).order_by("pk")
        found = list(rows.values_list("pk", column))
        for pk, sealed in found:
            text = opened(sealed)
            model._default_manager.filter(pk=pk).update(**{column: seal(text)}, **marked(text))
    return len(found)
