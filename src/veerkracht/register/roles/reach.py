"""How far an administrator's own role reaches: no role goes beyond the role of who gives it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.models import Membership
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Reach:
    """What a role is for. "" is every programme and the whole region; `until_date` None: until it is ended."""

    role: str
    programme: str = ""
    area_kind: str = ""
    area_code: str = ""
    from_date: date | None = None
    until_date: date | None = None


def own_organisation(actor: Actor) -> Q:
    """The memberships of the actor's organisation; of every one for a command on the machine itself."""
    return Q() if actor.role == COMMAND else Q(organisation=actor.organisation_id)


def covers(actor: Actor, held: Membership) -> bool:
    """Whether a role lies within the actor's own: organisation, programme and area."""
    if actor.role == COMMAND:
        return True
    return (
        held.organisation_id == actor.organisation_id
        and actor.programme in ("", held.programme)
        and _within(actor, held.area_kind, held.area_code)
    )


def check_known(asked: Reach) -> None:
    """Raise `Invalid` for a role, programme or area that there is not."""
    if asked.role not in Membership.Role.values:
        raise Invalid(Text(nl="Kies een rol uit de lijst.", en="Choose a role from the list."), "role")
    if asked.programme and asked.programme not in region.current().programmes:
        raise Invalid(
            Text(nl="Er is geen zorgvorm met die naam.", en="There is no programme of that name."),
            "programme",
        )
    named = asked.area_kind in Membership.AreaKind.values and asked.area_code
    if (asked.area_kind or asked.area_code) and not (
        named and areas.codes_or_none(asked.area_kind, asked.area_code)
    ):
        raise Invalid(Text(nl="Er is geen gebied met die naam.", en="There is no area of that name."), "area")


def check_within(asked: Reach, by: Actor) -> None:
    """Raise `Invalid`, naming the field, for a role that reaches further than the actor's own."""
    if by.role == COMMAND:
        return
    if by.programme not in ("", asked.programme):
        raise Invalid(
            Text(
                nl="Uw eigen rol is voor één zorgvorm; u geeft alleen rollen voor die zorgvorm.",
                en="Your own role is for one programme; you give roles for that programme only.",
            ),
            "programme",
        )
    if not _within(by, asked.area_kind, asked.area_code):
        raise Invalid(
            Text(
                nl="Uw eigen rol is voor een kleiner gebied; u geeft alleen rollen binnen dat gebied.",
                en="Your own role is for a smaller area; you give roles within that area only.",
            ),
            "area",
        )


def _within(actor: Actor, kind: str, code: str) -> bool:
    if actor.area_codes is None:
        return True
    return bool(kind) and areas.codes_or_none(kind, code) <= actor.area_codes
