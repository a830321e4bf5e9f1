"""How long the files of a programme are kept, and what is done then: `[[retention]]`."""

from veerkracht.region.holding import read_holds
from veerkracht.region.ids import read_id
from veerkracht.region.reader import Reader
from veerkracht.rulebook.retention import AFTER, DEEDS, WHAT
from veerkracht.rulebook.types import Retention


def read_retention(reader: Reader) -> Retention | None:
    """One rule; None when it can't be read, which is then noted."""
    months = reader.integer("months", low=0)
    rule = Retention(
        id=read_id(reader),
        what=reader.choice("what", WHAT),  # type: ignore[arg-type]
        after=reader.choice("after", AFTER),  # type: ignore[arg-type]
        months=months or 0,
        deed=reader.choice("do", sorted({*DEEDS.values()})),  # type: ignore[arg-type]
        on_request=reader.flag("on_request", default=False),
        why=reader.words("why"),
        **read_holds(reader),
    )
    return rule if rule.id and months is not None else None
