"""Lists of what is destroyed, and legal holds, as the records officer sees them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.timezone import localtime

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.keeping.models import LegalHold, RetentionLine, RetentionRun
from veerkracht.register.keeping.queries.due import holds
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, kept_from, require

SHOWN = 50


@dataclass(frozen=True)
class LineView:
    """A part of a file in a list. `skipped`: why it was left alone in the end."""

    id: int
    number: str
    what: str
    deed: str
    rules: list[str]
    due_on: date
    done_at: datetime | None
    skipped: str

    @property
    def said(self) -> str:
        """When it was done, or why not; "" as long as it is to do."""
        return self.skipped or (f"{localtime(self.done_at):%Y-%m-%d}" if self.done_at else "")


@dataclass(frozen=True)
class RunView:
    """A list: who prepared it when, who confirmed it, how many parts it holds and how many are done."""

    id: int
    on: date
    state: str
    prepared_by: str
    prepared_by_id: int
    prepared_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    parts: int
    done: int
    version: int


def to_carry_out(by: Actor) -> RetentionRun | None:
    """The list that waits for a second person, or that was cut off half-way; None when there is none."""
    require("retention.apply", by, EVERY_PROGRAMME)
    left = Q(state="prepared") | Q(state="confirmed", lines__done_at=None, lines__skipped="")
    return RetentionRun.objects.filter(left).order_by("id").first()


def get_run(by: Actor, id: int) -> RetentionRun:
    """The list with this number. Raises `Refused`, the same whether it exists or not; the look is logged."""
    require("retention.report", by, EVERY_PROGRAMME)
    run = RetentionRun.objects.filter(pk=id).first()
    if run is None:
        record(by, "refused", "retentionrun", detail={"asked": id})
        raise Refused()
    record(by, "read", run)
    return run


def run_list(by: Actor) -> list[RunView]:
    """The latest lists, last first."""
    require("retention.report", by, EVERY_PROGRAMME)
    record(by, "list", "retentionrun")
    runs = RetentionRun.objects.select_related("prepared_by", "confirmed_by").order_by("-id")
    counted = runs.annotate(parts=Count("lines"), done=Count("lines", filter=Q(lines__done_at__isnull=False)))
    return [_seen(run) for run in counted[:SHOWN]]


def run_view(run: RetentionRun) -> RunView:
    counts = run.lines.aggregate(parts=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    run.parts, run.done = counts["parts"], counts["done"]  # type: ignore[attr-defined]
    return _seen(run)


def lines_of(run: RetentionRun, after: int = 0, size: int | None = None) -> list[LineView]:
    """The parts of a list, from the one after the key `after`."""
    lines = run.lines.filter(pk__gt=after).select_related("person").order_by("id")
    return [_line(one) for one in (lines[:size] if size else lines)]


def holds_on(by: Actor, person: Person) -> list[LegalHold]:
    """The holds in force on a person's file."""
    require("hold.legal", by, EVERY_PROGRAMME)
    return list(holds(clock.today()).filter(person=person).order_by("id"))


def hold_list(by: Actor) -> list[LegalHold]:
    """Every hold in force on files that the actor may know of, last first."""
    require("hold.legal", by, EVERY_PROGRAMME)
    record(by, "list", "legalhold")
    found = holds(clock.today()).exclude(person__in=kept_from(by)).select_related("person")
    return list(found.order_by("-id")[:SHOWN])


def get_hold(by: Actor, id: int) -> LegalHold:
    """A hold by its number. Raises `Refused`, the same whether it exists or not."""
    require("hold.legal", by, EVERY_PROGRAMME)
    found = LegalHold.objects.exclude(person__in=kept_from(by)).filter(pk=id).first()
    if found is None:
        record(by, "refused", "legalhold", detail={"asked": id})
        raise Refused()
    return found


def _seen(run: RetentionRun) -> RunView:
    return RunView(
        id=run.pk,
        on=run.on,
        state=run.state,
        prepared_by=run.prepared_by.full_name,
        prepared_by_id=run.prepared_by_id,
        prepared_at=run.prepared_at,
        confirmed_by=run.confirmed_by.full_name if run.confirmed_by else "",
        confirmed_at=run.confirmed_at,
        parts=run.parts,  # type: ignore[attr-defined]
        done=run.done,  # type: ignore[attr-defined]
        version=run.version,
    )


def _line(line: RetentionLine) -> LineView:
    return LineView(
        id=line.pk,
        number=line.person.number,
        what=line.what,
        deed=line.deed,
        rules=line.rules,
        due_on=line.due_on,
        done_at=line.done_at,
        skipped=line.skipped,
    )
