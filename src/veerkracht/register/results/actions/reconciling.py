"""Following figures that do not agree until somebody explains them and another person agrees."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, may, require
from veerkracht.register.results.defined import item_of
from veerkracht.register.results.models import ReconciliationNote
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.rulebook.types import Text

_LONGEST = 2000
_WITHOUT_A_SECOND = ("remark", "explained", "reopened")


def note_reconciliation(item_id: str, *, by: Actor, text: str, kind: str = "remark") -> ReconciliationNote:
    """Say something of figures that do not agree. `kind`: remark, explained (why they differ) or reopened.

    Raises `Refused`, and `Invalid` for an unknown item, another kind, or no words.
    """
    # Who reports on measures and who confirms that may both speak; only the second can settle.
    verb = "result.report" if may("result.report", by, EVERY_PROGRAMME) else "result.confirm"
    require(verb, by, EVERY_PROGRAMME)
    item_of(item_id)
    if kind not in _WITHOUT_A_SECOND:
        allowed = ", ".join(_WITHOUT_A_SECOND)
        raise Invalid(
            Text(
                nl=f"Kies één van {allowed}; gevonden: {kind[:20]}.",
                en=f"Choose one of {allowed}; found: {kind[:20]}.",
            ),
            "kind",
        )
    with said(), transaction.atomic():
        return _write(item_id, kind, text, by)


def settle_reconciliation(explanation: ReconciliationNote, *, by: Actor, text: str) -> ReconciliationNote:
    """Agree with an explanation of somebody else: the figures are reconciled.

    Raises `Refused`, `Invalid` for who explained it themself, and `Conflict` when somebody explained, settled or
    reopened it since.
    """
    require("result.confirm", by, EVERY_PROGRAMME)
    if by.user_id is None or by.user_id == explanation.by_id:
        raise Invalid(
            Text(
                nl="Wie de cijfers verklaart, sluit ze niet af: dat doet iemand anders.",
                en="Who explains the figures does not settle them: somebody else does.",
            )
        )
    with said(), transaction.atomic():
        # Locked, so that of two who settle at once the second sees it. A remark changes nothing.
        notes = ReconciliationNote.objects.select_for_update().filter(item=explanation.item)
        last = notes.exclude(kind="remark").order_by("-id").first()
        if last is None or last.pk != explanation.pk or last.kind != "explained":
            raise Conflict(CHANGED_MEANWHILE)
        return _write(explanation.item, "settled", text, by, explanation=last)


def _write(
    item_id: str, kind: str, text: str, by: Actor, explanation: ReconciliationNote | None = None
) -> ReconciliationNote:
    text = text.strip()
    if not 1 <= len(text) <= _LONGEST:
        raise Invalid(
            Text(
                nl=f"Schrijf 1 tot {_LONGEST} tekens; gevonden: {len(text)}.",
                en=f"Write 1 to {_LONGEST} characters; found: {len(text)}.",
            ),
            "text",
        )
    note = ReconciliationNote.objects.create(
        item=item_id,
        kind=kind,
        text=text,
        explanation=explanation,
        explained_by_id=explanation.by_id if explanation else None,
        at=clock.now(),
        by_id=by.user_id,
        by_name=by.name,
    )
    record(by, "create", note, detail={"item": item_id, "kind": kind})
    return note
