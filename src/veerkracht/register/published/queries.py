"""What was published, for everybody: no actor is asked, because nothing here tells about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from veerkracht import region
from veerkracht.region.disclosure import Disclosure
from veerkracht.register.errors import Refused
from veerkracht.register.published.models import Release
from veerkracht.register.published.tables import OF
from veerkracht.rulebook.types import Programme

Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class ReleaseRow:
    """A version of what was published about a day."""

    programme: Programme
    on: date
    version: int
    published_at: datetime


@dataclass(frozen=True)
class ReleaseView:
    """What was published. `numbers` by (measure, area, group, age), "" for all together; None: left out.

    `method`, `threshold` and `base`: how it was protected; `choice`: how the region protects counts now. `versions`:
    of the same day, the latest first.
    """

    programme: Programme
    on: date
    version: int
    published_at: datetime
    by_name: str
    method: str
    threshold: int
    base: int
    choice: Disclosure
    numbers: Mapping[Cell, int | None]
    versions: tuple[int, ...]

    def number(self, measure: str, area: str = "", group: str = "", age: str = "") -> int | None:
        """A published number. Raises `KeyError` for a cell that isn't published."""
        return self.numbers[measure, area, group, age]


def releases() -> tuple[ReleaseRow, ...]:
    """The latest version of every day of every programme, latest day first."""
    known = region.current().programmes
    found = (
        Release.objects.filter(programme__in=known).defer("cells").order_by("programme", "-on", "-version")
    )
    latest: dict[tuple[str, date], Release] = {}
    for one in found:
        latest.setdefault((one.programme, one.on), one)
    return tuple(
        ReleaseRow(known[one.programme], one.on, one.version, one.published_at) for one in latest.values()
    )


def release(programme_id: str, on: date | None = None, version: int | None = None) -> ReleaseView:
    """What was published: the latest day and version when none is asked. Raises `Refused` when there is none."""
    here = region.current()
    asked = {"on": on, "version": version}
    wanted = {name: value for name, value in asked.items() if value is not None}
    found = Release.objects.filter(programme=programme_id, **wanted).order_by("-on", "-version").first()
    if found is None or programme_id not in here.programmes or here.disclosure is None:
        raise Refused()
    of_day = Release.objects.filter(programme=programme_id, on=found.on).order_by("-version")
    columns = found.cells
    cells = zip(*(columns[name] for name in OF), strict=True)
    return ReleaseView(
        programme=here.programmes[programme_id],
        on=found.on,
        version=found.version,
        published_at=found.published_at,
        by_name=found.by_name,
        method=found.method,
        threshold=found.threshold,
        base=found.base,
        choice=here.disclosure,
        numbers=dict(zip(cells, columns["shown"], strict=True)),
        versions=tuple(of_day.values_list("version", flat=True)),
    )
