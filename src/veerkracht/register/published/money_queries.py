"""What was published of the money, for everybody: no actor is asked, because nothing here tells about a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from veerkracht.register.errors import Refused
from veerkracht.register.published.models import MoneyRelease


@dataclass(frozen=True)
class MoneyReleaseRow:
    """A version, without its files. `summary`: what its page says in short, with the size of each file in bytes."""

    version: int
    year: int
    published_at: datetime
    by_name: str
    summary: dict[str, Any]


def money_releases() -> list[MoneyReleaseRow]:
    """Every version, the latest first. One query."""
    found = MoneyRelease.objects.order_by("-version")
    rows = found.values_list("version", "year", "published_at", "by_name", "summary")
    return [MoneyReleaseRow(*row) for row in rows]


def money_file(name: str, version: int) -> str:
    """The text of a file of a version. Raises `Refused` when there is none."""
    found = MoneyRelease.objects.filter(version=version).values_list("files", flat=True).first()
    if found is None or name not in found:
        raise Refused()
    return str(found[name])


def latest_version() -> int:
    """The number of the latest version. Raises `Refused` when nothing was published."""
    found = MoneyRelease.objects.order_by("-version").values_list("version", flat=True).first()
    if found is None:
        raise Refused()
    return found
