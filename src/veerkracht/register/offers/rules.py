"""How places of a programme are offered, from the region's files: terms, reasons, and the words when there are none."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from veerkracht import region
from veerkracht.region.offers import Decline, OfferRules, PassingOver
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

LONGEST_TEXT = 500


def rules_of(programme: str) -> OfferRules:
    """The rules by which places of a programme are offered. Raises `Invalid` when the region has none."""
    found = region.current().offers.get(programme)
    if found is None:
        raise Invalid(
            Text(
                nl=f"De regio zegt niet hoe plaatsen van “{programme}” aangeboden worden.",
                en=f"The region does not say how places of “{programme}” are offered.",
            ),
            "programme",
        )
    return found


def decline_of(programme: str, reason: str) -> Decline:
    """A reason to decline that holds today. Raises `Invalid` naming those there are."""
    rules, today = rules_of(programme), clock.today()
    known = {one.id: one for one in rules.declines_on(today)}
    if reason not in known:
        raise Invalid(_unknown(reason, list(known)), "reason")
    return known[reason]


def passing_of(programme: str, reason: str) -> PassingOver:
    """A reason for which a home may pass somebody over today. Raises `Invalid` naming those there are."""
    rules, today = rules_of(programme), clock.today()
    known = {one.id: one for one in rules.passings_on(today)}
    if reason not in known:
        raise Invalid(_unknown(reason, list(known)), "passing")
    return known[reason]


def term(programme: str, days: int | None = None) -> datetime:
    """Until when somebody has to answer an offer made now: the end of the last day, and never of a day on which offices
    are closed. `days`: as the home asks; None: as is usual.

    Raises `Invalid` for a term shorter than a day or longer than the region allows.
    """
    rules, today = rules_of(programme), clock.today()
    longest = rules.number("longest-term-days", today)
    days = rules.number("term-days", today) if days is None else days
    if not 1 <= days <= longest:
        raise Invalid(
            Text(
                nl=f"Een aanbod loopt 1 tot {longest} dagen; gevraagd: {days}.",
                en=f"An offer stands for 1 to {longest} days; asked: {days}.",
            ),
            "days",
        )
    last = today + timedelta(days=days)
    while not region.current().is_working_day(last):
        last += timedelta(days=1)
    return end_of(last)


def end_of(day: date) -> datetime:
    """The last moment of a day, in the region's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(seconds=1)


def clean(text: str, field: str) -> str:
    """A text in one line. Raises `Invalid` for one that is too long."""
    text = " ".join(text.split())
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            Text(
                nl=f"Deze tekst telt hoogstens {LONGEST_TEXT} tekens; gevonden: {len(text)}.",
                en=f"This text has at most {LONGEST_TEXT} characters; found: {len(text)}.",
            ),
            field,
        )
    return text


def _unknown(reason: str, known: list[str]) -> Text:
    listed = ", ".join(known)
    return Text(
        nl=f"Er is geen reden “{reason[:60]}”. Er zijn: {listed}.",
        en=f"There is no reason “{reason[:60]}”. There are: {listed}.",
    )
