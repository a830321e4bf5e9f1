"""What a row of a file of places says of a closing for a while: why, since when, and when the place opens again."""

from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.region.csv_lines import Row
from veerkracht.register import clock
from veerkracht.register.supply.fields import chosen
from veerkracht.register.supply.models import Unit
from veerkracht.rulebook.types import Text

WHY, SINCE, UNTIL = COLUMNS = ("closed_because", "closed_from", "reopens_on")


@dataclass(frozen=True)
class Closed:
    """A closing that a file tells. `from_date`: None where it does not say since when."""

    reason: str
    from_date: date | None
    reopens_on: date | None

    def since(self, unit: Unit) -> date:
        """Its first day: today, or the first day of the place, where the file does not say since when."""
        return self.from_date or max(unit.from_date, clock.today())


def closed(row: Row, first: date | None, last: date | None) -> Closed | None:
    """The closing that a row tells of a place that is there from its first day up to and including its last; None when
    it tells none, or, with its faults noted, when that can't be.
    """
    places = region.current().places
    reason = chosen(row, WHY, places.closures if places else (), _NO_REASON, required=False)
    since, until = row.day(SINCE, required=False), row.day(UNTIL, required=False)
    if not reason:
        for field, found in ((SINCE, since), (UNTIL, until)):
            if found and WHY not in row.wrong:
                row.fault(field, _NOT_CLOSED, found, _NOTHING_OR_WHY)
        return None
    if since and ((first and since < first) or (last and since > last)):
        row.fault(SINCE, _NOT_THERE, since, _days(first, last))
    if until and until < (since or clock.today()):
        row.fault(UNTIL, _OPENS_FIRST, until, FROM.fill(day=since or clock.today()))
    return Closed(reason, since, until)


def _days(first: date | None, last: date | None) -> Text:
    return _FROM_TO.fill(first=first or "…", last=last or "…")


_NO_REASON = Text(nl="Deze reden om te sluiten is er niet.", en="There is no such reason to close.")
_NOT_CLOSED = Text(nl="Deze plaats is niet gesloten.", en="This place is not closed.")
_NOTHING_OR_WHY = Text(
    nl="niets, of een reden in closed_because", en="nothing, or a reason in closed_because"
)
_NOT_THERE = Text(nl="Deze plaats is er dan niet.", en="This place is not there then.")
_FROM_TO = Text(
    nl="een dag van {first} tot en met {last}", en="a day from {first} up to and including {last}"
)
_OPENS_FIRST = Text(nl="Dit opent voor het sluit.", en="This opens before it closes.")
FROM = Text(nl="een dag vanaf {day}", en="a day from {day}")
