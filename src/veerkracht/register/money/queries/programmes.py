"""What money of a programme there is and where it went."""

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from veerkracht.register.money.models import Account, Posting


def balances(programme: str) -> dict[str, int]:
    """Cents a year on each account: voted (as a positive amount), free, granted, running."""
    kept = dict(Account.objects.filter(programme=programme, line=None).values_list("name", "balance_cents"))
    known = {name: kept.get(name, 0) for name in Account.OF_PROGRAMME}
    known["voted"] = -known["voted"]
    return known


def movements(programme: str, limit: int = 50) -> list[dict]:
    """The latest entries, last first: kind, holds_from, recorded_at, source, target, round_id and the sum of
    cents.
    """
    return list(
        Posting.objects.filter(entry__programme=programme)
        .values(
            "entry_id",
            "entry__kind",
            "entry__holds_from",
            "entry__recorded_at",
            "entry__round_id",
            "source__name",
            "target__name",
        )
        .annotate(cents=Sum("amount_cents"))
        .order_by("-entry__holds_from", "-entry_id", "source__name", "target__name")[:limit]
    )


def granted_cents(request_ids: Iterable[int]) -> dict[int, int]:
    """What is granted and not yet started or returned, in cents a year, per request that has any."""
    postings = Posting.objects.filter(request_id__in=list(request_ids))
    came = _per_request(postings.filter(target__name="granted"))
    went = _per_request(postings.filter(source__name="granted"))
    left = {request: cents - went.get(request, 0) for request, cents in came.items()}
    return {request: cents for request, cents in left.items() if cents}


def _per_request(postings: QuerySet[Posting]) -> dict[int, int]:
    return dict(postings.values_list("request_id").annotate(cents=Sum("amount_cents")))
