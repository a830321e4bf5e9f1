"""Who agrees to the help: a young person, a parent or guardian, or somebody by law in their place."""

from datetime import datetime

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.cases.actions.consents import SPOKEN, WRITTEN
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.shelter import agreeing, norms
from veerkracht.register.shelter.access import require_of
from veerkracht.register.shelter.models import CrisisStay, Guest, GuestConsent, StayStep
from veerkracht.register.shelter.writing import agree_anew, check_running, moment_since, step
from veerkracht.rulebook.types import Text


def record_consent(
    guest: Guest,
    *,
    by: Actor,
    voice: str,
    agreed: bool,
    how: str = SPOKEN,
    at: datetime | None = None,
    version: int | None = None,
) -> CrisisStay:
    """Write down that one of those who must agree to the help of a guest does, or does not.

    `voice`: the young person's own or a parent's. The last word of each voice holds. Raises `Invalid` for a voice that
    is not asked at this age, a way that isn't one or a moment before the stay, and `Conflict` when somebody was before
    us or the stay has ended.
    """
    require_of("shelter.change", by, guest.stay)
    if how not in (SPOKEN, WRITTEN):
        raise Invalid(Text(nl="Zeg hoe ermee ingestemd is.", en="Say how they agreed."), "how")
    _check_voice(guest, voice)
    with said(), transaction.atomic():
        stay = locked(guest.stay, version)
        check_running(stay)
        holds = moment_since(stay.from_at, at)
        GuestConsent.objects.create(
            guest=guest,
            voice=voice,
            agreed=agreed,
            how=how,
            at=holds,
            recorded_at=clock.now(),
            by=by.user,
            by_name=by.name,
        )
        agree_anew(stay)
        step(stay, StayStep.Kind.CONSENT, by=by, at=holds, reason=voice)
    return stay


def rest_on(stay: CrisisStay, *, by: Actor, ground: str, version: int | None = None) -> CrisisStay:
    """Write down that the help rests on a decision in law, so that no consent is asked from now on.

    Raises `Invalid` for a ground that the region does not know, and `Conflict` when it rests on one already, somebody
    was before us or the stay has ended.
    """
    require_of("shelter.change", by, stay)
    norms.ground(ground)
    with said(), transaction.atomic():
        stay = locked(stay, version)
        check_running(stay)
        if stay.ground:
            raise Conflict(
                Text(
                    nl="Dit verblijf rust al op een beslissing.", en="This stay rests on a decision already."
                )
            )
        stay.ground = ground
        agree_anew(stay)
        step(stay, StayStep.Kind.GROUND, by=by, at=clock.now(), reason=ground)
    return stay


def _check_voice(guest: Guest, voice: str) -> None:
    asked = agreeing.needed(guest)
    if voice in asked:
        return
    listed = ", ".join(asked) or "–"
    raise Invalid(
        Text(
            nl=f"Deze stem wordt hier niet gevraagd; gevraagd op deze leeftijd: {listed}.",
            en=f"This voice is not asked here; asked at this age: {listed}.",
        ),
        "voice",
    )
