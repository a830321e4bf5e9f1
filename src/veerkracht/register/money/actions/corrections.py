"""What was posted by mistake is undone by new postings; nothing that was posted changes."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Accounts, Heading, Movement, line_accounts, post
from veerkracht.register.money.checks import check_day, check_open, check_text
from veerkracht.register.money.crediting import Amounts, Decided, lock_year, write_credit
from veerkracht.register.money.models import Commitment, Entry, Line, LineCredit
from veerkracht.register.money.words import BEYOND_OPEN, euro
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

_INSTEAD = {
    Entry.Kind.TRANSFERRED: Text("Herverdeel terug.", "Transfer it back."),
    Entry.Kind.CARRIED_OVER: Text("Herverdeel het in het volgende jaar.", "Transfer it in the next year."),
    Entry.Kind.REDUCED: Text("Leg het opnieuw vast.", "Commit it again."),
    Entry.Kind.WEIGHED: Text("Verminder de vastlegging.", "Reduce the commitment."),
    Entry.Kind.REQUESTED: Text("Weiger de betaalopdracht.", "Refuse the payment order."),
    Entry.Kind.SETTLED: Text("Vorder het terug.", "Recover it."),
}
_OTHERWISE = Text("Dat gaat met nieuwe boekingen.", "That takes new postings.")


def correct(entry: Entry, *, by: Actor, on: date, text: str) -> Entry:
    """Undo an entry of a line with postings the other way: a credit, a commitment, or a recovery.

    Raises `Invalid` for another kind of entry (saying what to do instead), one that was corrected, and one whose money
    has gone on: a credit that is committed, a commitment that is paid.
    """
    require("line.change", by, entry.line.programme if entry.line else entry.programme)
    check_day(on)
    _check_may_be_corrected(entry, on)
    with said(), transaction.atomic():
        if entry.kind == Entry.Kind.CREDITED:
            done = _take_credit_back(entry, by, on, text)
        else:
            done = _undo(entry, Heading(Entry.Kind.CORRECTED, by, on, check_text(text), corrects=entry))
        record(by, "create", done, detail={"corrects": entry.pk, "line": done.line.code})
    return done


def _take_credit_back(entry: Entry, by: Actor, on: date, text: str) -> Entry:
    lock_year(entry.year)
    credit = entry.line_credit
    amounts = -Amounts(credit.commitment_cents, credit.payment_cents)
    back = write_credit(
        entry.line,
        entry.year,
        amounts,
        Decided(on, text),
        by=by,
        kind=LineCredit.Kind.CORRECTION,
        corrects=credit,
        fictitious=credit.fictitious,
    )
    return back.entry_set.get()


def _undo(entry: Entry, heading: Heading) -> Entry:
    accounts = line_accounts(entry.line, entry.year)
    postings = list(entry.postings.select_related("source", "target"))
    for commitment_id in sorted({one.commitment_id for one in postings if one.commitment_id}):
        commitment = locked(Commitment(pk=commitment_id))
        cents = sum(one.amount_cents for one in postings if one.commitment_id == commitment_id)
        _take_off(entry, commitment, cents)
    back = [
        Movement(one.target.name, one.source.name, one.amount_cents, commitment_id=one.commitment_id)
        for one in postings
    ]
    return _posted(entry.line, accounts, back, heading)


def _take_off(entry: Entry, commitment: Commitment, cents: int) -> None:
    if entry.kind == Entry.Kind.RECOVERED:
        commitment.recovered_cents -= cents
    else:
        check_open(entry.year)
        _check_untouched(commitment, cents)
        commitment.committed_cents -= cents
        commitment.yearly_cents = 0
    commitment.version += 1
    commitment.save(update_fields=["recovered_cents", "committed_cents", "yearly_cents", "version"])


def _check_untouched(commitment: Commitment, cents: int) -> None:
    left = commitment.committed_cents - commitment.paid_cents - commitment.requested_cents
    if left < cents:
        raise Invalid(
            BEYOND_OPEN.fill(number=commitment.number, there=euro(left), asked=euro(cents)), "entry"
        )
    if commitment.renewals.filter(Q(committed_cents__gt=0) | Q(yearly_cents__gt=0)).exists():
        raise Invalid(
            Text(
                "Vastlegging {number} weegt al op een later jaar: verminder ze.",
                "Commitment {number} weighs on a later year already: reduce it.",
            ).fill(number=commitment.number),
            "entry",
        )


def _posted(line: Line, accounts: Accounts, movements: list[Movement], heading: Heading) -> Entry:
    entry = post(line, accounts, movements, heading)
    if entry is None:
        raise ValueError("an entry that is corrected moved something")
    return entry


def _check_may_be_corrected(entry: Entry, on: date) -> None:
    if entry.line_id is None or entry.round_id is not None:
        raise Invalid(
            Text(
                "Wat een ronde of dossier boekte, verandert met dat dossier.",
                "What a round or file posted changes with that file.",
            ),
            "entry",
        )
    if entry.kind not in (Entry.Kind.CREDITED, Entry.Kind.COMMITTED, Entry.Kind.RECOVERED):
        raise Invalid(
            Text(
                "Deze boeking wordt niet zo rechtgezet. {how}", "This entry is not corrected so. {how}"
            ).fill(how=_INSTEAD.get(Entry.Kind(entry.kind), _OTHERWISE)),
            "entry",
        )
    if entry.postings.filter(commitment__kind=Commitment.Kind.ROUND).exists():
        raise Invalid(_INSTEAD[Entry.Kind.WEIGHED], "entry")
    if on < entry.holds_from:
        raise Invalid(
            Text(
                "Een rechtzetting komt niet voor de boeking van {day}.",
                "A correction does not come before the entry of {day}.",
            ).fill(day=entry.holds_from),
            "on",
        )
