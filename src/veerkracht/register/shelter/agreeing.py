"""Whose agreement the help to a guest needs, by age after the region's ages, and what has been said so far."""

from collections.abc import Iterable, Mapping

from veerkracht.register.cases import rules
from veerkracht.register.shelter.models import CrisisStay, Guest, GuestConsent

OWN, PARENT = GuestConsent.Voice.OWN, GuestConsent.Voice.PARENT
# By guest, what each voice said last.
Said = Mapping[int, Mapping[str, bool]]


def needed(guest: Guest) -> tuple[str, ...]:
    """The voices that help to a guest needs: none of who decides alone, a parent's, and from an age the young person's
    own as well.
    """
    if guest.role == Guest.Role.ADULT and guest.age is None:
        return ()
    age = guest.age or 0
    if age >= rules.number("consent-alone-age"):
        return ()
    return (OWN, PARENT) if age >= rules.number("consent-together-age") else (PARENT,)


def said_of(guests: Iterable[Guest]) -> dict[int, dict[str, bool]]:
    """What was said of guests, the last word of each voice; one query."""
    ids = [guest.pk for guest in guests]
    found: dict[int, dict[str, bool]] = {}
    rows = GuestConsent.objects.filter(guest__in=ids).order_by("at", "id")
    for guest, voice, agreed in rows.values_list("guest", "voice", "agreed"):
        found.setdefault(guest, {})[voice] = agreed
    return found


def together(guests: Iterable[Guest], said: Said, ground: str) -> str:
    """What is known of a whole stay: given when all have agreed, refused when one does not, else unclear."""
    answers = [said.get(guest.pk, {}).get(voice) for guest in guests for voice in needed(guest)]
    if ground or not answers:
        return CrisisStay.Agreed.NOT_NEEDED
    if False in answers:
        return CrisisStay.Agreed.REFUSED
    return CrisisStay.Agreed.UNCLEAR if None in answers else CrisisStay.Agreed.GIVEN
