"""Addresses in hiding: what may be said of where a service is, and the last look before anything goes out."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import opened
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

Row = TypeVar("Row")
SECRET = Text(
    nl="Deze uitvoer zou een dienst op een geheim adres bevatten. Voer ze uit zonder de geheime diensten.",
    en="This export would hold a service at a secret address. Export without the secret services.",
)


def is_secret(service: Service) -> bool:
    """Whether a service, or the building that it is in, is at a secret address."""
    return service.secret or (service.location is not None and service.location.secret)


def refuse_secret(services: Iterable[Service]) -> None:
    """Raise `Invalid` when a service is at a secret address: nothing of it may go out."""
    if any(is_secret(service) for service in services):
        raise Invalid(SECRET, "secret")


def open_only(rows: Iterable[Row], service: Callable[[Row], Service]) -> Iterator[Row]:
    """The rows whose service is not at a secret address, for a file: also its own organisation takes it nowhere so."""
    return (row for row in rows if not is_secret(service(row)))


def where(actor: Actor, service: Service) -> str:
    """The name of where a service is, as far as an actor may know: of one in hiding, no area below a province.

    "" where the region has no provinces.
    """
    is_told = access.is_of(actor, service) or not is_secret(service)
    return _names("name" if is_told else "province_name").get(service.area, "")


def _names(column: str) -> dict[str, str]:
    """By municipality; nothing for one of which the region's file does not say it."""
    return {code: name for code, name in areas.table().select("code", column).iter_rows() if name}


def address_of(actor: Actor, service: Service) -> str:
    """The address of a service, for its own organisation when it is secret, which is logged; "" when it is not known or
    not told.
    """
    location = service.location
    if location is None:
        return ""
    if not location.secret:
        return location.address
    if not access.is_of(actor, service) or not location.sealed_address:
        return ""
    record(actor, "read", location, detail={"what": "secret address"})
    return opened(location.sealed_address)
