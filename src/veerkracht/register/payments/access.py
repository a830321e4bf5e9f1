"""The gates to orders and accounts. Who may not see one can't learn that it exists."""

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.money.models import Line
from veerkracht.register.payments.models import BankAccount, Order, Payment
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.permissions import may, require


def get_order(actor: Actor, number: str) -> Order:
    """An order. Raises `Refused`, the same whether it exists or not."""
    require("payment.read", actor)
    found = Order.objects.select_related("line", "payer").filter(number=number).first()
    if found is None or not may("payment.read", actor, found.programme):
        record(actor, "refused", "order", detail={"asked": number})
        raise Refused()
    return found


def get_payment(actor: Actor, end_to_end_id: str) -> Payment:
    """A payment to an organisation. Raises `Refused`, the same for one to a person and for one that is not there."""
    require("payment.read", actor)
    found = (
        Payment.objects.select_related("order__line", "account")
        .filter(end_to_end_id=end_to_end_id)
        .exclude(account__organisation=None)
        .first()
    )
    if found is None or not may("payment.read", actor, found.order.programme):
        record(actor, "refused", "payment", detail={"asked": end_to_end_id})
        raise Refused()
    return found


def get_organisation_account(actor: Actor, id: int) -> BankAccount:
    """The account of an organisation. Raises `Refused`, the same for a person's and for one that is not there."""
    require("account.record", actor)
    found = (
        BankAccount.objects.exclude(organisation=None).select_related("organisation").filter(pk=id).first()
    )
    if found is None:
        record(actor, "refused", "bank account", detail={"asked": id})
        raise Refused()
    return found


def get_person_account(actor: Actor, person: Person, id: int) -> BankAccount:
    """An account of a person. Raises `Refused` for who does not keep their file, and for another's account."""
    require("number.record", actor, person)
    found = BankAccount.objects.filter(person=person, pk=id).first()
    if found is None:
        record(actor, "refused", "bank account", person_id=person.pk, detail={"asked": id})
        raise Refused()
    return found


def get_organisation(actor: Actor, id: int) -> Organisation:
    """An organisation that can be paid. Raises `Refused` for who keeps no accounts."""
    require("account.record", actor)
    found = Organisation.objects.filter(pk=id).first()
    if found is None:
        record(actor, "refused", "organisation", detail={"asked": id})
        raise Refused()
    return found


def get_line(actor: Actor, code: str) -> Line:
    """A line from which the actor prepares payments. Raises `Refused`, the same whether it exists or not."""
    found = Line.objects.filter(code=code).first()
    if found is None or not may("payment.prepare", actor, found.programme):
        record(actor, "refused", "line", detail={"asked": code})
        raise Refused()
    return found
