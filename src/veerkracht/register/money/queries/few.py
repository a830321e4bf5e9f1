"""What of the ledger would tell somebody's amount: what is paid to persons, and what too few of them stand behind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from veerkracht import region
from veerkracht.register.money.models import Account, Commitment, Entry, Posting
from veerkracht.rulebook.types import Text

_FEW = Text(
    "minder dan {least} personen: bedrag niet getoond", "fewer than {least} persons: amount not shown"
)
# The books don't know how many persons an order pays; who reads orders is told there.
_PAID = Text("betaald aan personen: bedrag niet hier getoond", "paid to persons: amount not shown here")
_OF_PAYMENTS = (
    Entry.Kind.REQUESTED,
    Entry.Kind.SETTLED,
    Entry.Kind.CANCELLED,
    Entry.Kind.RECOVERED,
    Entry.Kind.CORRECTED,
)
_SERIES = Coalesce("commitment__series", "commitment")


def is_few(persons: int) -> bool:
    """Whether behind an amount stand persons, but fewer than the region asks of what is told of them."""
    return 0 < persons < _least()


def why_commitments_hidden(commitments: Sequence[Commitment]) -> dict[int, Text]:
    """Why a commitment's amounts are not shown, for each (by its id) that is of too few persons; one query."""
    few = _few_series(one.series_id or one.pk for one in commitments)
    return {one.pk: _few() for one in commitments if (one.series_id or one.pk) in few}


def why_entries_hidden(entries: Sequence[Entry]) -> dict[int, Text]:
    """Why an entry's amounts are not shown, for each (by its id) that would tell those of persons; two queries."""
    of_rounds = (
        Posting.objects.filter(entry__in=[one.pk for one in entries], commitment__kind=Commitment.Kind.ROUND)
        .values_list("entry_id", _SERIES)
        .annotate(persons=Count("request__person", distinct=True))
        .order_by("entry_id")
    )
    series: dict[int, set[int]] = defaultdict(set)
    few: set[int] = set()
    for entry, one, persons in of_rounds:
        series[entry].add(one)
        if is_few(persons):
            few.add(entry)
    few_series = _few_series(one for of_entry in series.values() for one in of_entry)
    few |= {entry for entry, of_entry in series.items() if of_entry & few_series}
    paid = {one.pk for one in entries if one.kind in _OF_PAYMENTS and one.pk in series}
    return {**dict.fromkeys(few, _few()), **dict.fromkeys(paid, _PAID)}


def _few_series(series: Iterable[int]) -> set[int]:
    wanted = set(series)
    granted = (
        Posting.objects.filter(Q(commitment__in=wanted) | Q(commitment__series__in=wanted))
        .filter(target__name=Account.Name.COMMITTED, request__isnull=False)
        .values_list(_SERIES)
        .annotate(persons=Count("request__person", distinct=True))
        .order_by()
    )
    return {one for one, persons in granted if is_few(persons)}


def _few() -> Text:
    return _FEW.fill(least=str(_least()))


def _least() -> int:
    # A region is read with this choice or not at all.
    return region.current().disclosure.threshold
