"""What the region says about sharing, asked for one case on one day; each refusal says what is allowed instead."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from veerkracht import region
from veerkracht.region.access import ALWAYS, CONSENT, SHAREABLE, Access, Ground
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

__all__ = ["CONSENT", "SHAREABLE", "access", "chosen_fields", "ground", "last_day", "number", "words"]


def access() -> Access:
    """The region's own. Raises `Invalid` when it has said nothing: then nothing is shared."""
    found = region.current().access
    if found is None:
        raise Invalid(
            Text(
                nl="Deze regio heeft niet vastgelegd op welke gronden gedeeld mag worden.",
                en="This region has not laid down on which grounds files may be shared.",
            )
        )
    return found


def number(id: str) -> int:
    """One of the region's numbers (an age, days, hours, words) as it holds today."""
    return access().number(id, clock.today())


def ground(id: str, *, programme: str, organisation_kind: str | None, consultation: bool = False) -> Ground:
    """A ground in law that holds today. `organisation_kind` None: no one organisation is meant.

    Raises `Invalid` for one that is not known, is meant for something else, or is not for this programme or kind of
    organisation.
    """
    found = access().ground(id, clock.today())
    if found is None or found.consultation != consultation:
        known = ", ".join(one.id for one in access().grounds_on(clock.today(), consultation=consultation))
        raise Invalid(
            Text(
                nl=f"“{id[:60]}” is hiervoor geen wettelijke grond. Er zijn: {known or 'geen'}.",
                en=f"“{id[:60]}” is no legal ground for this. There are: {known or 'none'}.",
            ),
            "ground",
        )
    if not found.is_for(programme, organisation_kind):
        raise Invalid(
            Text(
                nl=f"“{found.name.nl}” geldt niet voor deze zorgvorm of deze soort organisatie.",
                en=f"“{found.name.en}” does not hold for this programme or this kind of organisation.",
            ),
            "ground",
        )
    return found


def chosen_fields(fields: Iterable[str], most: Collection[str] = SHAREABLE) -> list[str]:
    """The groups of fields to share, in one order, with what is always read along.

    Raises `Invalid` for what may not be shared, and for nothing at all.
    """
    asked = set(fields)
    if not asked:
        raise Invalid(Text(nl="Kies wat gedeeld wordt.", en="Choose what is shared."), "fields")
    beyond = sorted(asked - set(most))
    if beyond:
        raise Invalid(
            Text(
                nl=f"Dit mag hier niet gedeeld worden: {', '.join(beyond)}.",
                en=f"This may not be shared here: {', '.join(beyond)}.",
            ),
            "fields",
        )
    return [field for field in SHAREABLE if field in asked | set(ALWAYS)]


def last_day(from_date: date, until_date: date | None, *, usual: int, most: int) -> date:
    """The last day of a term of `usual` days, or the day that was asked. Raises `Invalid` beyond `most` days."""
    latest = from_date + timedelta(days=most)
    if until_date is None:
        return min(from_date + timedelta(days=usual), latest)
    if until_date > latest:
        raise Invalid(
            Text(
                nl=f"Dit geldt hoogstens tot {latest:%d-%m-%Y}.",
                en=f"This holds until {latest:%d-%m-%Y} at most.",
            ),
            "until_date",
        )
    if until_date < max(from_date, clock.today()):
        raise Invalid(
            Text(nl="De laatste dag is al voorbij.", en="The last day has passed already."), "until_date"
        )
    return until_date


def words(text: str, field: str, least: int = 1) -> str:
    """A text that says something. Raises `Invalid` at `field` when it has fewer words."""
    said = " ".join(text.split())
    if len([word for word in said.split() if any(letter.isalnum() for letter in word)]) < least:
        raise Invalid(
            Text(
                nl="Zeg waarom." if least == 1 else f"Zeg waarom, in minstens {least} woorden.",
                en="Say why." if least == 1 else f"Say why, in at least {least} words.",
            ),
            field,
        )
    return said
