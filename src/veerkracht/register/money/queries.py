"""What money there is and where it went."""

from collections.abc import Iterable

from django.db.models import Sum

from veerkracht.register.money.models import Account, Posting


def balances(programme: str) -> dict[str, int]:
    """Cents a year on each account: voted (as a positive amount), free, granted, running."""
    kept = dict(Account.objects.filter(programme=programme).values_list("name", "balance_cents"))
    known = {name: kept.get(name, 0) for name in Account.Name.values}
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
    wanted = list(request_ids)
    open_ = dict(
        Posting.objects.filter(request_id__in=wanted, target__name="granted")
        .values_list("request_id")
        .annotate(cents=Sum("amount_cents"))
    )
    for request, cents in (
        Posting.objects.filter(request_id__in=wanted, source__name="granted")
        .values_list("request_id")
        .annotate(cents=Sum("amount_cents"))
    ):
        open_[request] -= cents
    return {request: cents for request, cents in open_.items() if cents}
