"""What is lent of a role is no more than the role."""

from collections.abc import Iterable

from django.db.models import F, Q

from veerkracht.register.people.models import Membership
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

_SAME = ("role", "organisation", "programme", "area_kind", "area_code")


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "lent_role_is_within_the_own": (
            Text(
                nl="Wie een ander vervangt, doet dat in diens eigen rol, niet langer, en niet na het einde ervan.",
                en="Who stands in for another does so in that other's own role, no longer, and not after its end.",
            ),
            _lent,
        ),
    }


def _lent() -> Iterable[str]:
    other = Q()
    for name in _SAME:
        other |= ~Q(**{name: F(f"delegates__{name}")})
    longer = Q(from_date__lt=F("delegates__from_date")) | Q(until_date__gt=F("delegates__until_date"))
    outlived = Q(ended_at=None, delegates__ended_at__isnull=False)
    lent_on = Q(delegates__delegates__isnull=False)
    oneself = Q(user=F("delegates__user"))
    # A role that was taken back has its last day moved: what was lent of it may say a later one, and has ended too.
    beyond = other | (longer & Q(ended_at=None)) | outlived | lent_on | oneself
    found = Membership.objects.filter(beyond, delegates__isnull=False).order_by("pk")
    return [f"role {key}" for key in found.values_list("pk", flat=True)]
