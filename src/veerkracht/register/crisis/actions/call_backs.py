"""Whom the desk calls back, when and how it is safe to."""

import json
from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access, rules
from veerkracht.register.crisis.models import Call, CallBack
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import seal
from veerkracht.register.rows import CHANGED_MEANWHILE, locked
from veerkracht.rulebook.types import Text

FURTHEST_MINUTES = 31 * 24 * 60
LONGEST = 200


def promise_call_back(call: Call, *, by: Actor, in_minutes: int, how: str, safe: str = "") -> CallBack:
    """Promise to call back in so many minutes. `how`: by which number; `safe`: when it is safe to; both are sealed.

    Raises `Invalid` for a moment that is not to come or more than a month away, and for no number.
    """
    access.require_desk("call.take", by, call)
    now = clock.now()
    if not 1 <= in_minutes <= FURTHEST_MINUTES:
        raise Invalid(
            Text(
                nl=f"Bel terug binnen 1 tot {FURTHEST_MINUTES} minuten; gevonden: {in_minutes}.",
                en=f"Call back within 1 to {FURTHEST_MINUTES} minutes; found: {in_minutes}.",
            ),
            "in_minutes",
        )
    how, safe = " ".join(how.split()), " ".join(safe.split())
    if not how or max(len(how), len(safe)) > LONGEST:
        raise Invalid(
            Text(
                nl=f"Zeg op welk nummer, in hoogstens {LONGEST} tekens.",
                en=f"Say by which number, in at most {LONGEST} characters.",
            ),
            "how",
        )
    with said(), transaction.atomic():
        made = CallBack.objects.create(
            call=call,
            due_at=now + timedelta(minutes=in_minutes),
            sealed=seal(json.dumps({"how": how, "safe": safe})),
            made_by=by.name,
            made_at=now,
        )
        record(by, "create", made, detail={"call": call.number})
    return made


def called_back(call_back: CallBack, *, by: Actor, answer: str, version: int | None = None) -> CallBack:
    """Write down that somebody was called back, and whether they were reached. The number is no longer kept.

    `version`: what was seen. Raises `Conflict` when somebody called before us.
    """
    access.require_desk("call.take", by, call_back.call)
    came = rules.choice("call_back_answer", answer, "answer").id
    with said(), transaction.atomic():
        found = locked(call_back)
        # Before the version, which a first answer changed: who comes second reads what happened.
        if found.done_at is not None:
            raise Conflict(
                Text(nl="Hier werd al naar teruggebeld.", en="They have been called back already.")
            )
        if version is not None and found.version != version:
            raise Conflict(CHANGED_MEANWHILE)
        found.answer, found.done_by, found.done_at = came, by.name, clock.now()
        found.sealed = seal(json.dumps({}))
        found.version += 1
        found.save()
        record(by, "change", found, detail={"answer": came})
    return found
