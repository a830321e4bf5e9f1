"""What a file of places says otherwise of the closings of places that are there: what it changes, and what can't be.

A closing is known by its place and its first day, as the export tells it. Its reason and the day on which the place
opens again can be changed until it is over; one that was a mistake opens on the day on which it closed.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from veerkracht.region.csv_lines import NOTHING
from veerkracht.register import clock
from veerkracht.register.csv_files import Brought
from veerkracht.register.supply.closing_checks import Days, InTheWay, Unclosable
from veerkracht.register.supply.closure_reading import FROM, SINCE, UNTIL, WHY, Closed
from veerkracht.register.supply.models import Unit, UnitClosure
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Told:
    """What a row says of the closing of a place that is there; `closed`: None when it says that there is none."""

    line: int
    unit: Unit
    closed: Closed | None


@dataclass(frozen=True)
class Change:
    """A closing as a row of a file makes it. `closure`: the one that it changes; None: it is new."""

    line: int
    unit: Unit
    said: Closed
    closure: UnitClosure | None

    @property
    def from_date(self) -> date:
        return self.closure.from_date if self.closure else self.said.since(self.unit)

    @property
    def added_days(self) -> Days | None:
        """The days on which the place is closed by this change only; None when there are none."""
        opens = self.said.reopens_on
        if self.closure is None:
            return Days(self.from_date, opens)
        before = self.closure.reopens_on
        if before is None or (opens is not None and opens <= before):
            return None
        return Days(before, opens)


def changes(told: Sequence[Told], file: Brought) -> list[Change]:
    """The closings that a file changes or adds, and its faults noted; three queries at most."""
    columns = file.rows[0].values.keys() if file.rows else ()
    if WHY not in columns:
        return []
    known = defaultdict[int, list[UnitClosure]](list)
    units = [one.unit.pk for one in told]
    for row in UnitClosure.objects.filter(unit__in=units).order_by("from_date", "pk"):
        known[row.unit_id].append(row)
    read = (_Reading(one, known[one.unit.pk], columns, file).change() for one in told)
    found = [one for one in read if one]
    closed_longer = {one.unit.pk for one in found if one.added_days}
    if closed_longer:
        unclosable = Unclosable(closed_longer, (row for unit in closed_longer for row in known[unit]))
        for one in found:
            _check(one, unclosable, file)
    return found


@dataclass(frozen=True)
class _Reading:
    """A row beside the closings of its place, from the first on."""

    told: Told
    closures: Sequence[UnitClosure]
    columns: Collection[str]
    file: Brought

    def change(self) -> Change | None:
        """What the row changes; None when it says what is so or, with the fault noted, what can't be."""
        said = self.told.closed
        if said is None:
            return self._same("", None)
        if said.from_date is None and self._next:
            return self._same(said.reason, said.reopens_on)
        closure = self._begun_on(said.since(self.told.unit))
        if closure and UNTIL not in self.columns:
            said = replace(said, reopens_on=closure.reopens_on)
        if closure and _is_over(closure):
            return self._same(said.reason, said.reopens_on, closure)
        if closure and (closure.reason, closure.reopens_on) == (said.reason, said.reopens_on):
            return None
        return Change(self.told.line, self.told.unit, said, closure)

    @property
    def _next(self) -> UnitClosure | None:
        """The closing that is in force, or else the first to come: the one that an export tells."""
        return next((one for one in self.closures if not _is_over(one)), None)

    def _begun_on(self, day: date) -> UnitClosure | None:
        """The closing that began on a day; of two the one that was no mistake, or else the last."""
        begun = [one for one in self.closures if one.from_date == day]
        return max(begun, key=lambda one: (one.reopens_on != one.from_date, one.pk), default=None)

    def _same(self, reason: str, reopens_on: date | None, over: UnitClosure | None = None) -> None:
        """Note what is not so in a row that can only say what is: without a first day, or of a closing that is over."""
        known = over or self._next
        message = _OVER if over else _OTHERWISE
        so = (known.reason, known.reopens_on) if known else ("", None)
        if reason != so[0]:
            self._fault(WHY, message, reason, so[0])
        elif reason and UNTIL in self.columns and reopens_on != so[1]:
            self._fault(UNTIL, message, reopens_on, so[1])

    def _fault(self, field: str, message: Text, found: object, expected: object) -> None:
        self.file.fault(self.told.line, field, message, found or NOTHING, str(expected or "") or NOTHING)


def _is_over(closure: UnitClosure) -> bool:
    opens = closure.reopens_on
    return opens is not None and (opens <= clock.today() or opens == closure.from_date)


def _check(change: Change, unclosable: Unclosable, file: Brought) -> None:
    """Note what stands in the way of the days on which a place would be closed longer."""
    days = change.added_days
    found = unclosable.of(change.unit.pk, days, change.closure) if days else None
    if found is None or days is None:
        return
    # The first day of a closing that is there stays as it is; of a new one, what begins later is in the way of its end.
    is_end = change.closure is not None or (found.days is not None and found.days.first > days.first)
    field, said = (UNTIL, change.said.reopens_on) if is_end else (SINCE, days.first)
    file.fault(change.line, field, _MESSAGES[found.kind], said or NOTHING, _expected(found, days, field))


def _expected(found: InTheWay, days: Days, field: str) -> Text:
    if found.days is None:
        return _NOBODY
    if field == UNTIL:
        return _UP_TO.fill(day=max(found.days.first, days.first))
    if found.kind == "stayed" and found.days.until:
        return FROM.fill(day=found.days.until)
    return _THAT_ONE.fill(day=found.days.first)


_OVER = Text(nl="Deze sluiting is voorbij.", en="This closing is over.")
_OTHERWISE = Text(
    nl="Deze plaats is anders gesloten; een sluiting verandert alleen met haar dag in closed_from.",
    en="This place is closed otherwise; a closing changes with its day in closed_from only.",
)
_MESSAGES = {
    "held": Text(nl="Iemand houdt of heeft deze plaats.", en="Somebody holds or has this place."),
    "stayed": Text(nl="In die tijd verbleef hier iemand.", en="Somebody stayed here in that time."),
    "closed": Text(nl="In die tijd is er een andere sluiting.", en="There is another closing in that time."),
}
_NOBODY = Text(nl="een plaats die niemand houdt of heeft", en="a place that nobody holds or has")
_UP_TO = Text(nl="een dag tot en met {day}", en="a day up to and including {day}")
_THAT_ONE = Text(nl="{day}, de dag van die sluiting", en="{day}, the day of that closing")
