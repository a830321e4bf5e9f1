"""Money goes its way in order: nothing is paid before it is promised, and a closed year promises and pays no more."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef

from veerkracht.register.money.models import Account, BudgetYear, Entry, Posting
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

# What a closed year still takes gives back or mends: what lapses, is reduced, comes back or is corrected.
_USES = (Entry.Kind.COMMITTED, Entry.Kind.WEIGHED, Entry.Kind.REQUESTED, Entry.Kind.SETTLED)


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "closed_year_is_not_used": (
            Text(
                nl="Na de sluiting van een begrotingsjaar is er niets meer op vastgelegd of betaald.",
                en="After a budget year was closed nothing was committed or paid on it.",
            ),
            _used_when_closed,
        ),
        "nothing_is_paid_before_its_commitment": (
            Text(
                nl="Op een vastlegging is niets aangevraagd of betaald voor de dag waarop ze begint.",
                en="Nothing was requested or paid on a commitment before the day on which it begins.",
            ),
            _paid_before,
        ),
    }


def _used_when_closed() -> Iterable[str]:
    closed = BudgetYear.objects.filter(year=OuterRef("year"), closed_at__lt=OuterRef("recorded_at"))
    late = Entry.objects.filter(Exists(closed), line__isnull=False, kind__in=_USES).select_related("line")
    return [f"{entry.line.code} {entry.year}: entry {entry.pk}" for entry in late.order_by("id")]


def _paid_before() -> Iterable[str]:
    paid = (Account.Name.REQUESTED, Account.Name.PAID)
    early = Posting.objects.filter(
        target__name__in=paid, entry__holds_from__lt=F("commitment__from_date")
    ).select_related("commitment")
    return [f"{posting.commitment.number}: entry {posting.entry_id}" for posting in early.order_by("id")]
