"""A round: somebody prepares it, it is reviewed, and another person signs, which hands the money out."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.actions.follow_ups import first_of, freed, propose_follow_up
from veerkracht.register.care.actions.hand_out import hand_out
from veerkracht.register.care.actions.round_checks import (
    check_amount,
    check_date,
    check_free,
    check_no_open_round,
    check_round_state,
    check_rounds,
    check_signer,
)
from veerkracht.register.care.changes import changes
from veerkracht.register.care.locks import hold_list, locked
from veerkracht.register.care.models import OPEN_ROUND_STATES, Round, RoundLine, RoundList
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.proposals import Proposal, pack, propose, summary, unpack
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.rounds import Basis
from veerkracht.rulebook.types import Programme, Text

LIST_CHANGED = Text(
    nl="De lijst is veranderd sinds deze ronde werd voorbereid. Bereid ze opnieuw voor.",
    en="The list has changed since this round was prepared. Prepare it again.",
)


def prepare_round(
    programme: str,
    *,
    by: Actor,
    on: date,
    money_cents: int,
    basis: Basis = "programme",
    envelopes: dict[str, int] | None = None,
) -> Round:
    """Propose who gets what of an amount of money (cents a year) on a day, by the rules, on the list as it
    stands.

    `basis`: "expansion" when the programme only gets its share of it. `envelopes`: cents per group id, for a
    split by envelopes. Nothing is handed out yet. Raises `Invalid` (no money, more than the free voted money,
    a date before the programme began or more than a year away) and `Conflict` while another round of the
    programme is open.
    """
    require("round.prepare", by, programme)
    rules = programme_of(programme)
    check_rounds(rules)
    check_date(rules, on)
    check_amount(money_cents)
    with said(), transaction.atomic():
        check_no_open_round(programme)
        proposal = propose(rules, on, money_cents, basis=basis, envelopes=envelopes)
        check_free(programme, proposal.result.spent_cents + proposal.result.left_cents, on)
        round = _store(rules, proposal, by, on, money_cents, basis=basis, envelopes=envelopes)
        record(by, "create", round, detail={"programme": programme, "cents": money_cents, "on": str(on)})
    return round


def prepare_follow_up(follows: Round, *, by: Actor) -> Round | None:
    """Propose who gets the money that came free in a signed round: the next in line, in the pots it came
    from.

    Who declined or let it lapse in that round is not asked again. None when no money came free, or when it is
    not enough for who is next.
    """
    require("round.prepare", by, follows)
    rules = programme_of(follows.programme)
    with said(), transaction.atomic():
        check_no_open_round(follows.programme)
        proposal = propose_follow_up(follows, rules)
        if proposal is None or not proposal.result.spent_cents:
            return None
        envelopes = freed(follows)
        round = _store(
            rules,
            proposal,
            by,
            follows.date,
            sum(envelopes.values()),
            envelopes=envelopes,
            follows=first_of(follows),
        )
        record(by, "create", round, detail={"follows": follows.pk})
    return round


def review_round(round: Round, *, by: Actor, version: int | None = None) -> Round:
    """Say that the proposal was looked through and is ready to be signed."""
    require("round.review", by, round)
    with said(), transaction.atomic():
        round = locked(round, version)
        check_round_state(round, "prepared")
        round.state = "reviewed"
        round.reviewed_by = by.user
        round.reviewed_at = clock.now()
        _save(round, "state", "reviewed_by", "reviewed_at")
        record(by, "change", round, detail={"state": "reviewed"})
    return round


def cancel_round(round: Round, *, by: Actor, version: int | None = None) -> Round:
    """Put an unsigned round aside, so that another can be prepared."""
    require("round.prepare", by, round)
    with said(), transaction.atomic():
        round = locked(round, version)
        check_round_state(round, *OPEN_ROUND_STATES)
        round.state = "cancelled"
        _save(round, "state")
        record(by, "change", round, detail={"state": "cancelled"})
    return round


def sign_round(round: Round, *, by: Actor, version: int | None = None) -> Round:
    """Sign a reviewed round and hand out its money, all or nothing. Never by who prepared it.

    The rules are run again first. Raises `Conflict`, with what changed, when the list or the rules are no
    longer those on which the proposal rests; `Invalid` when it was not reviewed or by is the preparer.
    """
    require("round.sign", by, round)
    with said(), transaction.atomic():
        hold_list(round.programme)
        round = locked(round, version)
        check_round_state(round, "reviewed")
        check_signer(round, by)
        proposal = _again(round, by)
        check_free(round.programme, proposal.result.spent_cents, round.date)
        at = clock.now()
        hand_out(round, proposal, by=by)
        round.state = "signed"
        round.signed_by = by.user
        round.signed_at = at
        _save(round, "state", "signed_by", "signed_at")
        record(by, "change", round, detail={"state": "signed", "granted": round.summary["granted"]})
    return round


def _again(round: Round, by: Actor) -> Proposal:
    """The proposal by the list and the rules of now; it must be the one that was prepared."""
    rules = programme_of(round.programme)
    if round.follows_id:
        proposal = propose_follow_up(round.follows, rules)
    else:
        proposal = propose(rules, round.date, round.money_cents, basis=round.basis, envelopes=round.envelopes)
    if proposal is None or proposal.fingerprint != round.fingerprint:
        before = unpack(round.kept_list.content)
        raise Conflict(LIST_CHANGED, changes(before, proposal.kept if proposal else before.clear(), by))
    return proposal


def _store(
    rules: Programme,
    proposal: Proposal,
    by: Actor,
    on: date,
    money_cents: int,
    *,
    basis: Basis = "programme",
    envelopes: dict[str, int] | None = None,
    follows: Round | None = None,
) -> Round:
    round = Round.objects.create(
        programme=rules.id,
        date=on,
        money_cents=money_cents,
        basis=basis,
        envelopes=envelopes,
        split_id=proposal.result.split.id,
        follows=follows,
        prepared_by=by.user,
        prepared_at=clock.now(),
        fingerprint=proposal.fingerprint,
        summary=summary(proposal.result),
    )
    RoundList.objects.create(round=round, content=pack(proposal.kept), rows=proposal.kept.height)
    shown = proposal.result.lines.filter(
        proposal.result.lines["granted"] | (proposal.result.lines["reason"] == "first-not-served")
    )
    RoundLine.objects.bulk_create(
        [
            RoundLine(
                round=round,
                request_id=row["id"],
                pot=row["pot"],
                position=row["position"],
                cost_cents=row["cost_cents"],
                share=row["share"],
                granted=row["granted"],
                reason=row["reason"],
            )
            for row in shown.iter_rows(named=True)
        ],
        batch_size=5_000,
    )
    return round


def _save(round: Round, *fields: str) -> None:
    round.version += 1
    round.save(update_fields=[*fields, "version"])
