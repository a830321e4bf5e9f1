"""Where a person lives or stays, and an address in hiding that only the case team can know of.

Whoever may not see an address in hiding meets the same page, the same queries and the same lines in the log,
whether there is one or not.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, fields, require
from veerkracht.register.sharing.models import Address
from veerkracht.rulebook.types import Text

_DAY = timedelta(days=1)
_HIDDEN = "hidden-address"


@dataclass(frozen=True)
class AddressView:
    """An address as a page shows it; `until` is its last day."""

    street: str
    postal_code: str
    municipality: str
    hidden: bool
    since: date
    until: date | None


@dataclass(frozen=True)
class AddressesView:
    """`current` and `former` ordinary addresses; those in hiding are empty for who may not see them.

    `sees_hidden` hangs on who looks, never on whether there is one.
    """

    current: AddressView | None
    former: tuple[AddressView, ...]
    hidden: AddressView | None
    former_hidden: tuple[AddressView, ...]
    sees_hidden: bool


def addresses_of(actor: Actor, case: Case) -> AddressesView:
    """The addresses in a case that an actor may see, last first; the look is logged, the same for all.

    Raises `Refused` for who may not see where the person lives.
    """
    seen = fields(actor, case)
    if "contact" not in seen:
        record(actor, "refused", "addresses", detail={"asked": case.person.number})
        raise Refused()
    record(actor, "read", "addresses", person_id=case.person_id, fields=["contact"])
    kept = [_view(one) for one in Address.objects.filter(person=case.person_id).order_by("-from_date", "-id")]
    sees_hidden = _HIDDEN in seen
    current, former = _split([one for one in kept if not one.hidden])
    hidden, former_hidden = _split([one for one in kept if one.hidden and sees_hidden])
    return AddressesView(current, former, hidden, former_hidden, sees_hidden)


def change_address(
    case: Case,
    *,
    by: Actor,
    street: str,
    postal_code: str,
    municipality: str,
    on: date,
    hidden: bool = False,
) -> Person:
    """The person lives there from the day `on`; the address of the same sort that they had ends the day before.

    `hidden`: an address in hiding, beside the ordinary one. Raises `Refused` for an address in hiding by who may
    not see one; `Invalid` for a part that is empty, a day to come, or one before the address that there is.
    """
    _require(by, case, hidden)
    parts = _given(street=street, postal_code=postal_code, municipality=municipality)
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    with said(), transaction.atomic():
        person = _locked(case)
        _end(person, hidden, on)
        Address.objects.create(person=person, hidden=hidden, from_date=on, recorded_by_name=by.name, **parts)
        _log(by, person)
    return person


def end_address(case: Case, *, by: Actor, on: date, hidden: bool = False) -> Person:
    """The person no longer lives there, from the day `on`. Raises `Invalid` when there is no such address."""
    _require(by, case, hidden)
    with said(), transaction.atomic():
        person = _locked(case)
        if not _end(person, hidden, on):
            raise Invalid(Text(nl="Er is geen adres dat eindigt.", en="There is no address to end."))
        _log(by, person)
    return person


def end_former(person: Person, on: date) -> None:
    """Who moves house on a day no longer lives at the ordinary address that they had before it. For an action that
    asked, on a person who is locked; an address in hiding stays as it is.
    """
    if Address.objects.filter(person=person, hidden=False, until_date=None, from_date__lt=on).exists():
        _end(person, hidden=False, on=on)


def _require(by: Actor, case: Case, hidden: bool) -> None:
    require("address.change", by, case)
    if hidden and _HIDDEN not in fields(by, case):
        record(by, "refused", "address.change", detail={"object": case.person.number})
        raise Refused()


def _given(**parts: str) -> dict[str, str]:
    cleaned = {name: " ".join(value.split()) for name, value in parts.items()}
    for name, value in cleaned.items():
        if not value:
            raise Invalid(Text(nl="Dit is niet ingevuld.", en="This is not filled in."), name)
        longest = Address._meta.get_field(name).max_length or 0
        if len(value) > longest:
            raise Invalid(
                Text(
                    nl=f"Dit is te lang: {len(value)} tekens. Hoogstens {longest}.",
                    en=f"This is too long: {len(value)} characters. At most {longest}.",
                ),
                name,
            )
    return cleaned


def _locked(case: Case) -> Person:
    # Locked, so that of two addresses written at once the second ends the first.
    return Person.objects.select_for_update().get(pk=case.person_id)


def _end(person: Person, hidden: bool, on: date) -> bool:
    """End the address that there is, the day before; one that began that very day was a mistake and ends on it."""
    held = Address.objects.filter(person=person, hidden=hidden, until_date=None).first()
    if held is None:
        return False
    if on < held.from_date:
        raise Invalid(
            Text(
                nl=f"Het huidige adres begint pas op {held.from_date:%d/%m/%Y}: kies een latere dag.",
                en=f"The present address begins only on {held.from_date:%d/%m/%Y}: choose a later day.",
            ),
            "on",
        )
    held.until_date = max(on - _DAY, held.from_date)
    held.save(update_fields=["until_date"])
    return True


def _log(by: Actor, person: Person) -> None:
    """The same line for every sort of address: the log must not tell that there is one in hiding."""
    record(by, "change", person, person_id=person.pk)


def _view(address: Address) -> AddressView:
    return AddressView(
        address.street,
        address.postal_code,
        address.municipality,
        address.hidden,
        address.from_date,
        address.until_date,
    )


def _split(kept: list[AddressView]) -> tuple[AddressView | None, tuple[AddressView, ...]]:
    current = next((one for one in kept if one.until is None), None)
    return current, tuple(one for one in kept if one is not current)
