"""Amounts behind which too few persons stand: they would tell what somebody gets."""

from django.db.models import Exists, OuterRef, Q

from veerkracht import region
from veerkracht.register.payments.models import Payment
from veerkracht.rulebook.types import Text

_FEW = Text(
    nl="minder dan {least} personen: bedrag niet getoond",
    en="fewer than {least} persons: amount not shown",
)


def is_few(persons: int) -> bool:
    """Whether behind an amount stand persons, but fewer than the region asks of what is told of them."""
    return 0 < persons < _least()


def why_hidden() -> Text:
    """What stands where an amount is not shown."""
    return _FEW.fill(least=_least())


def pays_few() -> Q:
    """The orders that pay persons, but too few of them. Of the others no more payments are looked at than needed."""
    to_persons = Payment.objects.filter(order=OuterRef("pk"), account__person__isnull=False)
    last = _least() - 1
    enough = to_persons.values("account__person").distinct()[last : last + 1]
    return Q(Exists(to_persons)) & ~Q(Exists(enough))


def _least() -> int:
    # A region is read with this choice or not at all.
    return region.current().disclosure.threshold
