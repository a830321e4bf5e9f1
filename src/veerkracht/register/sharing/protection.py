"""Who is named in a restricted file: the rule that permissions and the records pages share."""

from datetime import date

from django.db.models import Q, QuerySet

from veerkracht.register.sharing.models import RestrictedAccess


def named(on: date) -> QuerySet[RestrictedAccess]:
    """Who may know of a restricted person on a day. A name that was taken away counts no more from that moment."""
    return RestrictedAccess.objects.filter(
        Q(until_date=None) | Q(until_date__gte=on), from_date__lte=on, ended_at=None
    )
