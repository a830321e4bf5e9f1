"""Rules worth trying, one click each: made from what the programme itself says or said."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from veerkracht.rulebook.order import order_on
from veerkracht.rulebook.rounds import split_on
from veerkracht.rulebook.types import Programme, Split

# When no money is free there is something to hand out all the same: 10 million euro.
_MONEY = "10000000"


@dataclass(frozen=True)
class Example:
    name: str
    about: str
    address: str


def of(programme: Programme, on: date, money: str) -> list[Example]:
    """A split of earlier years, who is passed over, and another order within a group."""
    split, order = split_on(programme, on), order_on(programme, on)
    asked = {"money": money or _MONEY}
    found = []
    if earlier := _other_key(programme, split):
        shares = {f"share-{id}": f"{share * 100:g}" for id, share in earlier.key.items()}
        about = " / ".join(f"{share}%" for share in shares.values())
        name = gettext("Share the money as in %(year)s") % {"year": earlier.from_.year}
        found.append(_example(name, about, {**asked, **shares}))
    if split.strict:
        about = gettext("who fits in what is left is served")
        found.append(_example(gettext("Pass over who no longer fits"), about, {**asked, "strict": "no"}))
    for keys, name in (
        ("points, priority_date, id", gettext("The smallest request first")),
        ("birth_date, priority_date, id", gettext("The oldest person first")),
    ):
        if tuple(keys.split(", ")) != order.by:
            about = gettext("another order within each group")
            found.append(_example(name, about, {**asked, "order": keys}))
    return found


def _other_key(programme: Programme, now: Split) -> Split | None:
    """The last split of earlier years whose key is another."""
    earlier = [one for one in programme.splits if one.from_ < now.from_ and one.key and one.key != now.key]
    return max(earlier, key=lambda one: one.from_, default=None)


def _example(name: str, about: str, asked: dict[str, str]) -> Example:
    return Example(name, about, reverse("try", query=asked))
