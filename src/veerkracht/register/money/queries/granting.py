"""What a round can hand out, and on which commitment of its line a grant stands."""

from collections.abc import Iterable
from datetime import date

from veerkracht.register.money.models import Account, BudgetYear, Commitment, Line, Posting
from veerkracht.register.money.queries.programmes import balances
from veerkracht.register.money.weighing import rest_of_year


def grantable(programme: str, on: date) -> int:
    """The money (cents a year) that can be granted on a day: what is free of the programme, and no more than the line
    that pays for it can still commit (VAK) for the days left of the year.
    """
    free = balances(programme)["free"]
    line = Line.objects.filter(programme=programme, hands_out=True).first()
    if line is None:
        return free
    years = BudgetYear.objects.filter(year__gte=on.year, opened_at__isnull=False, closed_at=None)
    left = Account.objects.filter(
        line=line, name=Account.Name.COMMITMENT_FREE, year__in=years.values("year")
    ).values_list("year", "balance_cents")
    return min([free, *(_yearly(cents, on, year) for year, cents in left)])


def commitments_of_requests(line: Line, year: int, requests: Iterable[int]) -> dict[int, int]:
    """The commitment (its id) of a line's year on which the grant of each request stands: that of its round, else that
    of all grants outside rounds. For who pays; never for who may only see money.
    """
    wanted = list(requests)
    ours = Commitment.objects.filter(line=line, year=year, kind=Commitment.Kind.ROUND).order_by("id")
    by_series = {one.series_id or one.pk: one.pk for one in ours}
    outside = next((one.pk for one in ours if one.round_id is None), None)
    weighed = (
        Posting.objects.filter(entry__line=line, target__name=Account.Name.COMMITTED, request_id__in=wanted)
        .order_by("id")
        .values_list("request_id", "commitment__series", "commitment")
    )
    series = {request: first or commitment for request, first, commitment in weighed}
    found = {request: by_series.get(series.get(request, 0), outside) for request in wanted}
    return {request: commitment for request, commitment in found.items() if commitment is not None}


def _yearly(cents: int, on: date, year: int) -> int:
    """The yearly amount that weighs so many cents on a year from a day on, rounded down."""
    return int(cents / rest_of_year(on, year))
