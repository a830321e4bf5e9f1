"""Money that came free in a round, and who is next for it."""

from veerkracht.register.care.models import Round, RoundLine, Step
from veerkracht.register.care.proposals import Proposal, follow_up_split, propose
from veerkracht.register.money.models import Posting
from veerkracht.rulebook.types import Programme


def propose_follow_up(follows: Round, rules: Programme) -> Proposal | None:
    """Who is next for the money that came free in a round; None when none did.

    It goes back to the pots it came from, and from there by the programme's split. Who let go in this round is not
    asked again.
    """
    envelopes = freed(follows)
    money = sum(envelopes.values())
    if money <= 0:
        return None
    split = follow_up_split(rules, follows.date)
    return propose(
        rules,
        follows.date,
        money,
        envelopes={pot: cents for pot, cents in envelopes.items() if not pot.startswith("route.")},
        split=split,
        without=_let_go(follows),
    )


def _chain(round: Round) -> list[int]:
    """A round and the signed rounds that handed on its freed money."""
    first = first_of(round)
    return [first.pk, *first.followed_by.filter(state="signed").values_list("pk", flat=True)]


def first_of(round: Round) -> Round:
    return round.follows or round


def _let_go(round: Round) -> list[int]:
    """Ids of the requests that were granted in this round or one after it, and declined or let it lapse."""
    steps = Step.objects.filter(round_id__in=_chain(round), kind__in=["declined", "lapsed"])
    return sorted(set(steps.values_list("request_id", flat=True)))


def freed(round: Round) -> dict[str, int]:
    """Cents a year that came free per pot, less what was handed on since."""
    chain = _chain(round)
    pots = dict(RoundLine.objects.filter(round_id__in=chain, granted=True).values_list("request_id", "pot"))
    cents_of: dict[str, int] = {}
    returned = Posting.objects.filter(entry__round_id__in=chain, target__name="free")
    for request, cents in returned.values_list("request_id", "amount_cents"):
        pot = pots[request]
        cents_of[pot] = cents_of.get(pot, 0) + cents
    for signed in Round.objects.filter(pk__in=chain[1:]):
        for line in signed.lines.filter(granted=True):
            cents_of[line.pot] = cents_of.get(line.pot, 0) - line.cost_cents
    return _settled(cents_of)


def _settled(cents_of: dict[str, int]) -> dict[str, int]:
    """What pots still have: what one spent beyond its own came from others, by overflow."""
    owed = -sum(cents for cents in cents_of.values() if cents < 0)
    left = {}
    for pot, cents in sorted(cents_of.items()):
        paid = min(owed, max(cents, 0))
        owed -= paid
        if cents > paid:
            left[pot] = cents - paid
    return left
