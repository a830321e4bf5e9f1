"""A bank's report on the status of an order: pain.002."""

from veerkracht.register.payments.files.answer import Answer, OfOrder, Said, Status
from veerkracht.register.payments.files.nodes import Node, not_so

# External codes of ISO 20022 (ExternalPaymentTransactionStatus1Code and the group's). Only what is settled is paid: a
# bank that accepted an order may still send it back.
_SAID = {
    "ACSC": Said.PAID,
    "ACCC": Said.PAID,
    "RJCT": Said.REJECTED,
    "CANC": Said.REJECTED,
    "ACCP": Said.PENDING,
    "ACSP": Said.PENDING,
    "ACTC": Said.PENDING,
    "ACWC": Said.PENDING,
    "PATC": Said.PENDING,
    "PDNG": Said.PENDING,
    "RCVD": Said.PENDING,
}
# Says nothing of the payments that are not named.
_PARTLY = "PART"


def read_status_report(kind: str, root: Node) -> Answer:
    """One status report, on one order."""
    report = root.one("CstmrPmtStsRpt")
    group = report.one("OrgnlGrpInfAndSts")
    order = OfOrder(
        message_id=group.id("OrgnlMsgId"),
        said=_said(group, "GrpSts"),
        count=group.count("OrgnlNbOfTxs"),
        cents=group.cents("OrgnlCtrlSum"),
        reason_code=_reason(group),
        message_name=group.id("OrgnlMsgNmId"),
    )
    orders, statuses = [order], []
    for batch in report.all("OrgnlPmtInfAndSts"):
        of_batch = _said(batch, "PmtInfSts")
        if of_batch is not None:
            # We send one batch in a file, so what is said of the batch is said of the order.
            orders = [
                OfOrder(
                    order.message_id, of_batch, order.count, order.cents, _reason(batch), order.message_name
                )
            ]
        statuses += [_status(one) for one in batch.all("TxInfAndSts")]
    return Answer(kind, report.one("GrpHdr").id("MsgId"), tuple(orders), tuple(statuses), root.currencies())


def _status(one: Node) -> Status:
    said = _said(one, "TxSts")
    if said is None:
        raise not_so("TxSts", repr(one.text("TxSts")), ", ".join(_SAID))
    return Status(one.id("OrgnlEndToEndId"), said, one.cents("OrgnlTxRef/Amt/InstdAmt"), _reason(one))


def _said(node: Node, name: str) -> Said | None:
    code = node.text(name)
    if not code or code == _PARTLY:
        return None
    if code not in _SAID:
        raise not_so(name, repr(code[:20]), ", ".join([*_SAID, _PARTLY]))
    return _SAID[code]


def _reason(node: Node) -> str:
    code = node.text("StsRsnInf/Rsn/Cd") or node.text("StsRsnInf/Rsn/Prtry")
    return code[:35]
