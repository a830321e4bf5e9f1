"""Campaigns: whom they reached, and how many calls and messages came before, during and after.

Compared are whole weeks: as many before it began, while it ran and after it ended, chosen beforehand and for every
campaign the same. A difference is no proof that the campaign brought it: demand also follows supply, and the season.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from veerkracht import region
from veerkracht.region.quality import RATE
from veerkracht.register import clock
from veerkracht.register.crisis.models import Call
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.quality.intervals import Counted, Difference, difference
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.models import Campaign, CampaignReach, ContactMessage

# So many weeks on either side are compared with the campaign itself.
WEEKS = 4
SHOWN = 50
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """Days from `from_` up to and including `until`. `count`: calls and messages; None: too few to be shown, or calls
    were recorded for a part of it only.
    """

    from_: date
    until: date
    count: int | None

    @property
    def days(self) -> int:
        return (self.until - self.from_).days + 1

    @property
    def a_day(self) -> float | None:
        """How many a day; None where the count is not shown, or the period is not over."""
        return None if self.count is None or self.until > clock.today() else self.count / self.days


@dataclass(frozen=True)
class CampaignView:
    """A campaign. `reach`: as it was counted last; None: nobody said. `cost`: see the measure.

    `during` and `later`: by how much more (a day) came while it ran and after it than before; None when too little is
    known.
    """

    campaign: Campaign
    reach: CampaignReach | None
    before: Period
    in_it: Period
    after: Period
    during: Difference | None
    later: Difference | None


def campaigns(actor: Actor) -> tuple[CampaignView, ...]:
    """The campaigns, last begun first, with the demand around each; a fixed number of queries.

    Raises `Refused`. Small counts stay hidden but for the desk itself.
    """
    require("campaign.read", actor, actor.programme)
    record(actor, "list", "campaign")
    rows = list(Campaign.objects.order_by("-from_date", "-pk")[:SHOWN])
    reaches = {
        one.campaign_id: one for one in CampaignReach.objects.filter(campaign__in=rows).order_by("sequence")
    }
    moments, first = _moments(rows), _first_day()
    least = 0 if may("call.read", actor, actor.programme) or actor.role == COMMAND else _threshold()
    counted = _Counted(moments, first, least)
    return tuple(_view(one, reaches.get(one.pk), counted) for one in rows)


def published() -> list[dict[str, Any]]:
    """What the region's figures say of calls to the helpline, the last year first; nothing where they say nothing."""
    here = region.current()
    told = here.shelter.contact.figures if here.shelter and here.shelter.contact else ()
    rows = [{**row, "name": one.name} for one in told for row in here.figures.series(one.series).to_dicts()]
    return sorted(rows, key=lambda row: (row["date"], row["series"]), reverse=True)


def get_campaign(actor: Actor, id: int) -> Campaign:
    """A campaign whose reach an actor may record. Raises `Refused`, the same whether it exists or not."""
    require("campaign.record", actor, actor.programme)
    found = Campaign.objects.filter(pk=id).first()
    if found is None:
        record(actor, "refused", "campaign", detail={"asked": str(id)[:20]})
        raise Refused()
    return found


@dataclass(frozen=True)
class _Counted:
    """The day and municipality of each call and message. `first`: from when they were recorded; None: never.

    `least`: smaller counts are not shown.
    """

    moments: list[tuple[date, str]]
    first: date | None
    least: int

    def between(self, from_: date, until: date, codes: frozenset[str] | None) -> Period:
        found = [
            1 for day, area in self.moments if from_ <= day <= until and (codes is None or area in codes)
        ]
        is_known = self.first is not None and self.first <= from_ and len(found) >= self.least
        return Period(from_, until, len(found) if is_known else None)


def _first_day() -> date | None:
    first: datetime | None = Call.objects.order_by("at").values_list("at", flat=True).first()
    return first.astimezone(norms.zone()).date() if first else None


def _threshold() -> int:
    chosen = region.current().disclosure
    return chosen.threshold if chosen else 0


def _moments(rows: Iterable[Campaign]) -> list[tuple[date, str]]:
    """The day and the municipality of every call and message around these campaigns; two queries."""
    spans = [_span(one) for one in rows]
    if not spans:
        return []
    first, last = (
        _start(day) for day in (min(one[0] for one in spans), max(one[1] for one in spans) + timedelta(1))
    )
    calls = Call.objects.filter(at__gte=first, at__lt=last).values_list("at", "area")
    sent = ContactMessage.objects.filter(received_at__gte=first, received_at__lt=last)
    found = [*calls, *sent.values_list("received_at", "area")]
    return [(at.astimezone(norms.zone()).date(), area) for at, area in found]


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=norms.zone())


def _span(one: Campaign) -> tuple[date, date]:
    return one.from_date - WEEKS * _WEEK, one.until_date + WEEKS * _WEEK


def _view(one: Campaign, reach: CampaignReach | None, counted: _Counted) -> CampaignView:
    codes = areas.codes_or_none(one.area_kind, one.area_code) if one.area_kind else None
    first, last = _span(one)
    day = timedelta(days=1)
    before = counted.between(first, one.from_date - day, codes)
    in_it = counted.between(one.from_date, one.until_date, codes)
    after = counted.between(one.until_date + day, last, codes)
    return CampaignView(one, reach, before, in_it, after, _more(before, in_it), _more(before, after))


def _more(before: Period, after: Period) -> Difference | None:
    """None as long as the period is not over, or a count is not shown."""
    if before.count is None or after.count is None or after.until > clock.today():
        return None
    return difference(RATE, Counted(before.count, before.days), Counted(after.count, after.days))
