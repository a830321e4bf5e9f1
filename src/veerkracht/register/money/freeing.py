"""Which grants of a person come free again: the latest first, each of the series of commitments in which it weighs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from veerkracht.register.money.books import Movement
from veerkracht.register.money.models import Account, Entry, Line, Posting

# Money in these accounts of a programme is promised to somebody.
PROMISED = (Account.Name.GRANTED, Account.Name.RUNNING)


@dataclass(frozen=True)
class Freed:
    """A part of what comes free, in cents a year: of a grant since a day, taken up or not.

    `series_id`: the series of commitments in which it weighs; None for what the line didn't commit itself.
    """

    cents: int
    since: date
    is_running: bool
    request_id: int | None = None
    series_id: int | None = None


def weights_freed(line: Line, freed: Sequence[Movement], entry: Entry) -> list[Freed]:
    """What the movements of an entry take from the grants of their persons before it."""
    granted = _Granted(line, [one.request_id for one in freed if one.request_id], entry)
    parts = []
    for one in freed:
        running = one.source == Account.Name.RUNNING
        taken = granted.take(one.request_id, one.cents, running)
        beyond = one.cents - sum(part.cents for part in taken)
        parts += [*taken, Freed(beyond, entry.holds_from, running)] if beyond else taken
    return parts


class _Granted:
    """What is promised to persons, grant by grant, as it stood before an entry."""

    def __init__(self, line: Line, requests: Sequence[int], before: Entry):
        self.held: dict[int, list[Freed]] = defaultdict(list)
        self.person_of: dict[int, int] = {}
        # All of a person: a budget that takes the place of another holds what was granted to the request before.
        persons = Posting.objects.filter(request_id__in=requests).values("request__person")
        # In the order in which they were written: a grant on the line comes right after that in the programme's books.
        found = (
            Posting.objects.filter(Q(entry__programme=line.programme) | Q(entry__line=line))
            .filter(request__person__in=persons, entry__lt=before.pk)
            .order_by("entry_id", "id")
            .select_related("entry", "source", "target", "commitment", "request")
        )
        for one in found:
            self.person_of[one.request_id] = one.request.person_id
            self._follow(one)

    def take(self, request_id: int | None, cents: int, is_running: bool) -> list[Freed]:
        """Take up to so much: of the request itself first, of its latest grant first."""
        if request_id not in self.person_of:
            return []
        held = self.held[self.person_of[request_id]]
        places = [place for place, one in enumerate(held) if one.is_running == is_running]
        taken = []
        for place in sorted(places, key=lambda place: (held[place].request_id != request_id, -place)):
            part = min(cents, held[place].cents)
            cents -= part
            taken.append(replace(held[place], cents=part))
            held[place] = replace(held[place], cents=held[place].cents - part)
        held[:] = [one for one in held if one.cents]
        return [one for one in taken if one.cents]

    def _follow(self, posting: Posting) -> None:
        held = self.held[posting.request.person_id]
        source, target = posting.source.name, posting.target.name
        running = target == Account.Name.RUNNING
        if target == Account.Name.COMMITTED:
            series = posting.commitment.series_id or posting.commitment_id
            held[-1] = replace(held[-1], series_id=series)
        elif source in PROMISED:
            taken = self.take(posting.request_id, posting.amount_cents, source == Account.Name.RUNNING)
            if target in PROMISED:
                held += [replace(part, is_running=running) for part in reversed(taken)]
        elif target in PROMISED:
            since = posting.entry.holds_from
            held.append(Freed(posting.amount_cents, since, running, posting.request_id))
