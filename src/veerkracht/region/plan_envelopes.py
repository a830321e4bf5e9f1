"""The envelopes of a plan: its own, and those of the region's money that its measures are paid from."""

from __future__ import annotations

from collections.abc import Iterator

from veerkracht.region.model import Region
from veerkracht.region.money import Envelope as MoneyEnvelope
from veerkracht.region.money import Money
from veerkracht.region.plans import Envelope, Plan


def plan_envelopes(region: Region, plan: Plan) -> tuple[Envelope, ...]:
    """What pays the measures of a plan, with what each envelope is a part of or paid from; the plan's own first."""
    money = region.money or Money()
    named = {measure.envelope for measure in plan.measures} | {own.within for own in plan.envelopes}
    around = {id for envelope in named for id in _around(money, envelope)}
    shared = (envelope for id, envelope in money.envelopes.items() if id in around)
    return (*plan.envelopes, *(_as_of_plan(money, envelope) for envelope in shared))


def _around(money: Money, envelope: str) -> Iterator[str]:
    """An envelope of the region, those it is a part of, and those that pay any of them."""
    for outer in money.outwards(envelope):
        yield outer.id
        yield from outer.fed_by


def _as_of_plan(money: Money, envelope: MoneyEnvelope) -> Envelope:
    """As a plan says it: the latest amount that is known, decided on the first day on which it was named."""
    latest = money.amount_of(envelope) or envelope.stated[-1]
    first = next(one for one in envelope.stated if one.cents == latest.cents)
    return Envelope(
        id=envelope.id,
        name=envelope.name,
        amount_cents=latest.cents,
        recurrent=envelope.recurrent,
        decided=first.on,
        within=envelope.within,
        source=first.source,
        assumption=None,
    )
