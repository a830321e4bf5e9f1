"""What a process of its own does; by names and numbers, since it reads everything itself."""

from datetime import date
from pathlib import Path

from veerkracht.register.care import actions as care
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.models import Request, Round
from veerkracht.register.cases import actions as cases
from veerkracht.register.people.actors import actor_named
from veerkracht.register.sharing.models import Consent
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold, Unit

PROGRAMME = "personal-budget"
TODAY = date(2024, 1, 15)


def hold(unit: int, user: str, request: str = "") -> None:
    asked = Request.objects.get(number=request) if request else None
    supply.hold_place(_unit(unit), by=actor_named(user), minutes=60, request=asked, reference=user)


def confirm(hold: int, user: str, version: int) -> None:
    supply.confirm_hold(_hold(hold), by=actor_named(user), version=version)


def release(hold: int, user: str, version: int | None = None) -> None:
    supply.release_hold(_hold(hold), by=actor_named(user), version=version)


def lapse(user: str) -> None:
    supply.lapse_holds(by=actor_named(user))


def hold_and_release(unit: int, user: str, times: int) -> None:
    """As much as a process gets done before it is killed."""
    by = actor_named(user)
    for _ in range(times):
        held = supply.hold_place(_unit(unit), by=by, minutes=60)
        supply.confirm_hold(held, by=by)
        supply.release_hold(held, by=by)


def sign(round: int, user: str) -> None:
    care.sign_round(Round.objects.get(pk=round), by=actor_named(user, "signer"))


def withdraw(request: str, user: str, version: int) -> None:
    care.withdraw(Request.objects.get(number=request), by=actor_named(user), on=TODAY, version=version)


def bring_in(file: str, user: str) -> None:
    """Import a file; one that is not taken whole is a fault here."""
    report = import_file(Path(file), by=actor_named(user), programme=PROGRAMME)
    if not report.is_good:
        raise AssertionError(report.faults)


def revoke(consent: int, user: str) -> None:
    cases.revoke_consent(Consent.objects.get(pk=consent), by=actor_named(user))


def migrate() -> None:
    """Bring both databases up to date, as a start of the program does."""
    from veerkracht.cli.databases import bring_up_to_date

    bring_up_to_date()


def _unit(id: int) -> Unit:
    return Unit.objects.select_related("service").get(pk=id)


def _hold(id: int) -> Hold:
    return Hold.objects.select_related("unit__service", "membership").get(pk=id)
