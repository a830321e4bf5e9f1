"""A bank's statement (camt.053) or notification (camt.054): what left the account is paid."""

from collections.abc import Iterator

from veerkracht.register.payments.files.answer import Answer, OfOrder, Said, Status
from veerkracht.register.payments.files.nodes import Node, not_so

_BODY = {"camt.053": ("BkToCstmrStmt", "Stmt"), "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}
_OUT, _IN = "DBIT", "CRDT"
_BOOKED = "BOOK"
_NO_ID = "NOTPROVIDED"
# Where banks write the amount of a payment that has none beside its direction.
_OF_DETAILS = "AmtDtls/TxAmt/Amt"


def read_camt(kind: str, root: Node) -> Answer:
    """What a statement says of our payments: money that left, payment by payment or a whole batch at once, and money
    that came back. What comes in otherwise is not ours to read: it is counted and left aside, in whatever currency.
    """
    body, part = _BODY[kind[:8]]
    message = root.one(body)
    orders: list[OfOrder] = []
    statuses: list[Status] = []
    left_aside = 0
    for entry in (entry for one in message.all(part) for entry in one.all("Ntry")):
        if (entry.text("Sts/Cd") or entry.text("Sts")) != _BOOKED:
            continue
        direction = entry.text("CdtDbtInd")
        if direction not in (_OUT, _IN):
            raise not_so("CdtDbtInd", repr(direction[:20]), f"{_OUT}, {_IN}")
        found = list(_statuses(entry, direction))
        batches = list(_batches(entry)) if direction == _OUT and not found else []
        statuses += found
        orders += batches
        left_aside += not found and not batches
    return Answer(
        kind=kind,
        message_id=message.one("GrpHdr").id("MsgId"),
        orders=tuple(orders),
        statuses=tuple(statuses),
        about_more=True,
        left_aside=left_aside,
    )


def _statuses(entry: Node, direction: str) -> Iterator[Status]:
    whole = entry.cents("Amt")
    for one in entry.all("NtryDtls/TxDtls"):
        id = one.text("Refs/EndToEndId")
        returned = one.text("RtrInf/Rsn/Cd")
        if not id or id == _NO_ID or (direction == _IN and not returned):
            continue
        said = Said.PAID if direction == _OUT else Said.RETURNED
        currencies = entry.one("Amt").currencies() | one.currencies()
        yield Status(id, said, _first(one.cents("Amt"), one.cents(_OF_DETAILS), whole), returned, currencies)


def _batches(entry: Node) -> Iterator[OfOrder]:
    """A batch that the bank booked as one amount."""
    for batch in entry.all("NtryDtls/Btch"):
        id = batch.text("MsgId")
        if id:
            yield OfOrder(
                message_id=id,
                said=Said.PAID,
                count=batch.count("NbOfTxs"),
                cents=_first(batch.cents("TtlAmt"), entry.cents("Amt")),
                currencies=entry.one("Amt").currencies() | batch.currencies(),
            )


def _first(*amounts: int | None) -> int | None:
    """The first amount that is named."""
    return next((one for one in amounts if one is not None), None)
