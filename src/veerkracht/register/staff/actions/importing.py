"""Figures on staff from a file: all of it, or nothing and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from veerkracht.region.csv_lines import NOTHING
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.csv_files import Report
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.staff import access, checks, writing
from veerkracht.register.staff.actions import counts, flows, training
from veerkracht.register.staff.checks import Fault
from veerkracht.register.staff.exchange.columns import COUNTS, FLOWS, TRAINING, Kind
from veerkracht.register.staff.exchange.reading import Read, read
from veerkracht.register.staff.facts import Of, figures_of
from veerkracht.register.staff.models import Reported, StaffCount, StaffFlow, TrainingInflow
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

_Seen = dict[tuple[object, ...], list[tuple[date, date]]]
_CAN_NOT_BE = Text(nl="Dit kan niet.", en="This can't be.")
_MINE = Text(
    nl="de naam van een organisatie waarvoor u cijfers opgeeft",
    en="the name of an organisation for which you report figures",
)
_SERVICE = Text(
    nl="leeg, of een dienst van deze organisatie, of zorgvorm/naam als er meer zo heten",
    en="empty, or a service of this organisation, or programme/name when several are called so",
)
_ONCE = Text(nl="elke telling één keer in het bestand", en="each count once in the file")
_REASON = Text(
    nl="dezelfde cijfers als in het register, of een reden voor de verbetering",
    en="the figures that are in the register, or a reason for the correction",
)
_NO_REASON = Text(nl="geen reden: er is niets te verbeteren", en="no reason: there is nothing to correct")


@dataclass(frozen=True)
class StaffReport(Report):
    """What became of a file of figures on staff. `kind`: of its columns; `corrected`: rows with other figures."""

    kind: str = ""
    corrected: int = 0


@dataclass(frozen=True)
class _Found:
    """A row with whom it is about, and what stands there already."""

    read: Read
    of: Of | None
    standing: Reported | None

    @property
    def is_same(self) -> bool:
        figures = self.read.figures
        return self.standing is not None and figures_of(type(figures), self.standing) == figures


def import_figures(
    data: bytes, file: str, *, by: Actor, dry_run: bool = False, fictitious: bool = False
) -> StaffReport:
    """Take in a CSV file of counts, flows or training (docs/staff.md). Nothing is written when one row is wrong.

    A row that stands there so already is left alone, so the same file twice does no harm; a row with other figures is
    a correction, and says its reason. Raises `Refused` for who may not report.
    """
    require("staff.record", by, by.programme)
    kind, given, rows = read(data, file)
    with said(), transaction.atomic():
        found = _looked_up(kind, rows, by)
        report = replace(StaffReport.on(given, already=sum(one.is_same for one in found)), kind=kind.id)
        if report.faults or dry_run:
            return report
        written = Counter(_write(kind, one, by, fictitious) for one in found)
        detail = {"file": report.fingerprint, "kind": kind.id, **written}
        record(by, "create", "staff", detail=detail)
        return report.written(written["added"], corrected=written["corrected"])


def _looked_up(kind: Kind, rows: Iterable[Read], by: Actor) -> list[_Found]:
    """Each row with what it is about; every fault of each is noted."""
    own = {} if kind is TRAINING else {one.name: one for one in access.list_own_organisations(by)}
    services = {} if kind is TRAINING else _services(by)
    if kind is TRAINING:
        access.require_recorder(by, None)
    for organisation in sorted({one.cells.get("organisation", "") for one in rows} & own.keys()):
        writing.lock(own[organisation])
    found = list[_Found]()
    seen: _Seen = {}
    for one in rows:
        of, wrong = (None, list[Fault]()) if kind is TRAINING else _of(one, own, services)
        if not wrong:
            found.append(_Found(one, of, _standing(kind, one, of)))
            wrong = [*_checked(kind, found[-1]), *_once(found[-1], seen)]
        for fault in wrong:
            one.row.fault(fault.field, _CAN_NOT_BE, fault.found or NOTHING, fault.expected)
    return found


def _services(by: Actor) -> dict[tuple[int, str], list[Service]]:
    """The services that the actor may report for, by organisation and name, also with its programme before it."""
    found: dict[tuple[int, str], list[Service]] = {}
    for service in access.list_own_services(by):
        for name in (service.name, f"{service.programme}/{service.name}"):
            found.setdefault((service.organisation_id, name), []).append(service)
    return found


def _of(
    row: Read, own: dict[str, Organisation], services: dict[tuple[int, str], list[Service]]
) -> tuple[Of | None, list[Fault]]:
    organisation = own.get(row.cells["organisation"])
    if organisation is None:
        return None, [Fault("organisation", row.cells["organisation"], _MINE)]
    named, service = row.cells["service"], None
    if named:
        options = services.get((organisation.pk, named), [])
        if len(options) != 1:
            return None, [Fault("service", named, _SERVICE)]
        service = options[0]
    of = Of(organisation, service, row.cells["profession"], row.cells["sector"], row.cells["area"])
    return of, list(checks.faults_of(of))


def _standing(kind: Kind, row: Read, of: Of | None) -> Reported | None:
    if of is None:
        return training.standing(row.cells["profession"], int(row.cells["school_year"]))
    if kind is COUNTS:
        return counts.standing(of, row.days["on"])
    return flows.standing(of, (row.days["from"], row.days["until"]))


def _checked(kind: Kind, one: _Found) -> Iterator[Fault]:
    row, today = one.read, clock.today()
    figures: Any = row.figures
    if kind is COUNTS:
        yield from checks.faults_of_count(figures, row.days["on"], today)
    elif kind is FLOWS:
        yield from checks.faults_of_flow(figures, row.days["from"], row.days["until"], today)
        if isinstance(one.standing, StaffFlow) and _period(one.standing) != (
            row.days["from"],
            row.days["until"],
        ):
            first, last = _period(one.standing)
            expected = Text(
                nl=f"een periode die niet overlapt met {first} tot {last}",
                en=f"a period that does not overlap {first} to {last}",
            )
            yield Fault("from", row.cells["from"], expected)
    else:
        yield from checks.faults_of_training(
            figures, row.cells["profession"], int(row.cells["school_year"]), today
        )
    reason = row.cells["reason"]
    yield from checks.faults_of_words(row.cells["source"], reason or None)
    if one.standing is not None and not one.is_same and not reason:
        yield Fault("reason", "", _REASON)
    if one.standing is None and reason:
        yield Fault("reason", reason, _NO_REASON)


def _once(one: _Found, seen: _Seen) -> Iterator[Fault]:
    """The same staff stands in a file once a day, and its periods do not overlap."""
    row, of = one.read, one.of
    first = row.days.get("on") or row.days.get("from") or date(int(row.cells["school_year"]), 1, 1)
    last = row.days.get("until", first)
    whole = of is not None and of.service is None
    key = (of and of.organisation.pk, of and of.service and of.service.pk, row.cells["profession"])
    periods = seen.setdefault((*key, of and whole and of.sector, of and whole and of.area), [])
    if any(first <= end and begin <= last for begin, end in periods):
        yield Fault("profession", row.cells["profession"], _ONCE)
    periods.append((first, last))


def _period(flow: StaffFlow) -> tuple[date, date]:
    return flow.from_date, flow.until_date


_TABLES: dict[str, Callable[[Read, Of | None], tuple[type[Reported], dict[str, Any]]]] = {
    "counts": lambda row, of: (StaffCount, {"on": row.days["on"]}),
    "flows": lambda row, of: (StaffFlow, {"from_date": row.days["from"], "until_date": row.days["until"]}),
    "training": lambda row, of: (
        TrainingInflow,
        {"profession": row.cells["profession"], "school_year": int(row.cells["school_year"])},
    ),
}


def _write(kind: Kind, one: _Found, by: Actor, fictitious: bool) -> str:
    """Write one row; which of `added`, `corrected` and `already` it is."""
    row = one.read
    if one.is_same:
        return "already"
    if one.standing is not None:
        words = {"reason": row.cells["reason"], "source": row.cells["source"]}
        writing.replace(one.standing, row.figures, by=by, **words)
        return "corrected"
    table, key = _TABLES[kind.id](row, one.of)
    facts = writing.facts_of(one.of) if one.of else {}
    writing.write(
        table, {**facts, **key}, row.figures, by=by, source=row.cells["source"], fictitious=fictitious
    )
    return "added"
