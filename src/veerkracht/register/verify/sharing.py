"""What is shared is what may be shared, and rests on what was agreed."""

from collections.abc import Iterable

from django.db.models import F, Q

from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing.models import Consent, ConsentVoice, Consultation, Referral
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "shared_fields_are_known": (
            Text(
                nl="Wat gedeeld wordt, is een groep van velden die de matrix kent.",
                en="What is shared is a group of fields that the matrix knows.",
            ),
            _fields,
        ),
        "consent_is_given_by_all_who_are_asked": (
            Text(
                nl="Een toestemming geldt pas als iedereen die gevraagd is, instemt.",
                en="A consent holds when all who were asked have agreed.",
            ),
            _voices,
        ),
        "referral_rests_on_a_consent_of_the_same_person": (
            Text(
                nl="Een verwijzing rust op een toestemming van dezelfde persoon.",
                en="A referral rests on a consent of the same person.",
            ),
            _referrals,
        ),
    }


def _fields() -> Iterable[str]:
    known = set(matrix().fields)
    for model in (Consent, Consultation, Referral):
        for key, fields in model.objects.order_by("pk").values_list("pk", "fields").iterator():
            unknown = sorted(set(fields) - known)
            if unknown:
                yield f"{model._meta.model_name} {key}: {', '.join(unknown)}"


def _voices() -> Iterable[str]:
    silent = ConsentVoice.objects.filter(Q(agreed=None) | Q(agreed=False), consent__given_at__isnull=False)
    keys = silent.order_by("consent").values_list("consent", flat=True).distinct()
    return [f"consent {key}" for key in keys]


def _referrals() -> Iterable[str]:
    others = Referral.objects.exclude(person=F("consent__person")).order_by("pk")
    return [f"referral {key}" for key in others.values_list("pk", flat=True)]
