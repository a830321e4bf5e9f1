"""A bank's statement (camt.053) or notification (camt.054): what left the account is paid."""

from collections.abc import Iterator

from veerkracht.register.payments.files.answer import Answer, OfOrder, Said, Status
from veerkracht.register.payments.files.nodes import Node, not_so

_BODY = {"camt.053": ("BkToCstmrStmt", "Stmt"), "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}
_OUT, _IN = "DBIT", "CRDT"
_BOOKED = "BOOK"
_NO_ID = "NOTPROVIDED"


def read_camt(kind: str, root: Node) -> Answer:
    """What a statement says of our payments: money that left, payment by payment or a whole batch at once, and money
    that came back. What comes in otherwise is not ours to read, and left aside.
    """
    body, part = _BODY[kind[:8]]
    message = root.one(body)
    orders: list[OfOrder] = []
    statuses: list[Status] = []
    for entry in (entry for one in message.all(part) for entry in one.all("Ntry")):
        if (entry.text("Sts/Cd") or entry.text("Sts")) != _BOOKED:
            continue
        direction = entry.text("CdtDbtInd")
        if direction not in (_OUT, _IN):
            raise not_so("CdtDbtInd", repr(direction[:20]), f"{_OUT}, {_IN}")
        found = list(_statuses(entry, direction))
        statuses += found
        if direction == _OUT and not found:
            orders += _batches(entry)
    return Answer(kind, message.one("GrpHdr").id("MsgId"), tuple(orders), tuple(statuses), root.currencies())


def _statuses(entry: Node, direction: str) -> Iterator[Status]:
    for one in entry.all("NtryDtls/TxDtls"):
        id = one.text("Refs/EndToEndId")
        returned = one.text("RtrInf/Rsn/Cd")
        if not id or id == _NO_ID or (direction == _IN and not returned):
            continue
        said = Said.PAID if direction == _OUT else Said.RETURNED
        cents = one.cents("Amt")
        yield Status(
            one.id("Refs/EndToEndId"), said, entry.cents("Amt") if cents is None else cents, returned
        )


def _batches(entry: Node) -> Iterator[OfOrder]:
    """A batch that the bank booked as one amount."""
    for batch in entry.all("NtryDtls/Btch"):
        if batch.text("MsgId"):
            cents = batch.cents("TtlAmt")
            yield OfOrder(
                batch.id("MsgId"),
                Said.PAID,
                batch.count("NbOfTxs"),
                entry.cents("Amt") if cents is None else cents,
            )
