"""Who confirms and who settles is somebody else than who said it, about the same thing."""

from collections.abc import Iterable

from django.db.models import F, Q

from veerkracht.register.results.models import Confirmation, ReconciliationNote, Report
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "confirmation_names_who_reported": (
            Text(
                nl="Een bevestiging onthoudt wie meldde, en dat is iemand anders.",
                en="A confirmation keeps who reported, and that is somebody else.",
            ),
            _confirmations,
        ),
        "correction_is_of_the_same_milestone": (
            Text(
                nl="Een verbetering gaat over dezelfde mijlpaal.",
                en="A correction is about the same milestone.",
            ),
            _corrections,
        ),
        "settlement_follows_its_explanation": (
            Text(
                nl="Wie cijfers afsluit, is het eens met een verklaring van iemand anders over dezelfde cijfers.",
                en="Who settles figures agrees with an explanation of somebody else about the same figures.",
            ),
            _settlements,
        ),
    }


def _confirmations() -> Iterable[str]:
    unlike = ~Q(reported_by=F("report__by")) & ~Q(reported_by=None, report__by=None)
    # SQL answers neither yes nor no about nothing.
    unlike |= Q(reported_by=None, report__by__isnull=False) | Q(reported_by__isnull=False, report__by=None)
    wrong = Confirmation.objects.filter(unlike).order_by("pk").values_list("pk", flat=True)
    return [f"confirmation {key}" for key in wrong]


def _corrections() -> Iterable[str]:
    same = Q(measure=F("corrects__measure"), milestone=F("corrects__milestone"))
    wrong = Report.objects.filter(corrects__isnull=False).exclude(same).order_by("pk")
    return [f"report {key}" for key in wrong.values_list("pk", flat=True)]


def _settlements() -> Iterable[str]:
    settled = ReconciliationNote.objects.filter(kind="settled").select_related("explanation").order_by("pk")
    for note in settled:
        of = note.explanation
        if of is None or (of.kind, of.item, of.by_id) != ("explained", note.item, note.explained_by_id):
            yield f"note {note.pk}"
