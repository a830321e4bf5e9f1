"""What a process of its own does; by names and numbers, since it reads everything itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DatabaseError, close_old_connections, connections

from veerkracht.register import verify
from veerkracht.register.backup import databases
from veerkracht.register.care import actions as care
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.models import Request, Round
from veerkracht.register.cases import actions as cases
from veerkracht.register.people.actors import Actor, actor_named
from veerkracht.register.sharing.models import Consent
from veerkracht.register.staff import actions as staff
from veerkracht.register.staff.facts import CountFigures, Of
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Service, Unit

PROGRAMME = "personal-budget"
TODAY = date(2024, 1, 15)


def hold(unit: int, user: str, request: str = "") -> None:
    asked = Request.objects.get(number=request) if request else None
    supply.hold_place(place_of(unit), by=actor_named(user), minutes=60, request=asked, reference=user)


def hold_together(units: Sequence[int], user: str) -> None:
    places = [place_of(unit) for unit in units]
    supply.hold_together(places, by=actor_named(user), minutes=60, reference=user)


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
        held = supply.hold_place(place_of(unit), by=by, minutes=60)
        supply.confirm_hold(held, by=by)
        supply.release_hold(held, by=by)


def correct_staff(count: int, fte_hundredths: int) -> None:
    """Put another number in the place of a count."""
    standing = StaffCount.objects.select_related("organisation", "service").get(pk=count)
    figures = CountFigures(fte_hundredths=fte_hundredths)
    staff.correct_count(standing, figures, by=Actor.for_command("tests"), reason="Counted again")


def count_staff(service: int, profession: str, fte_hundredths: int) -> None:
    """Report the staff of a service today."""
    home = Service.objects.select_related("organisation").get(pk=service)
    of = Of(home.organisation, home, profession, "residential-care", home.area)
    figures = CountFigures(fte_hundredths=fte_hundredths)
    staff.record_count(of, TODAY, figures, by=Actor.for_command("tests"), source="A test")


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


def put_back(files: dict[str, str]) -> None:
    """Fill the databases of this process with what was copied from others."""
    for alias, file in files.items():
        databases.put_back(alias, Path(file))


def broken() -> list[str]:
    """What verify finds."""
    return [one.name for one in verify.run()]


def live_holds() -> int:
    return Hold.objects.filter(state__in=LIVE_HOLDS).count()


def hold_before_and_after(unit: int, user: str, between: Any) -> None:
    """Hold a place and give it back; let `between` happen to the database; and again, as the next page does."""
    hold_and_release(unit, user, 1)
    between.send("ready")
    between.recv()
    close_old_connections()
    hold_and_release(unit, user, 1)
    between.send("done")


def requests() -> int:
    return Request.objects.count()


def bring_in_on_a_full_disk(file: str, user: str) -> str:
    """What PostgreSQL says when it can write no more."""
    try:
        bring_in(file, user)
    except DatabaseError as error:
        return str(error).split(chr(34))[0].strip()
    return "written"


def migrate() -> None:
    """Bring both databases up to date, as a start of the program does."""
    from veerkracht.cli.databases import bring_up_to_date

    bring_up_to_date()


def migrate_on(names: dict[str, str]) -> None:
    """As `migrate`, on databases of which only the names are other."""
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
    migrate()
    connections.close_all()


def place_of(id: int) -> Unit:
    """A place, with its service."""
    return Unit.objects.select_related("service").get(pk=id)


def _hold(id: int) -> Hold:
    return Hold.objects.select_related("unit__service", "membership").get(pk=id)
