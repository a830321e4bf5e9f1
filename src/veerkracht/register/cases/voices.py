"""Whose agreement a consent needs: by age and by who represents the person, after the region's ages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from veerkracht.register.cases import rules
from veerkracht.register.errors import Invalid
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import Consent, ConsentVoice, Representation
from veerkracht.register.sharing.representation import OF_A_CHILD, in_force
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Needed:
    """The person's `own` voice, that of one of the `representatives`, or both.

    `until`: the last day before others must agree, since the person is then older; None: that day never comes.
    """

    own: bool
    representatives: tuple[Person, ...]
    until: date | None

    @property
    def people(self) -> list[int]:
        return [person.pk for person in self.representatives]


def needed(person: Person, on: date) -> Needed:
    """Whose voice counts on a day. Raises `Invalid` for a child for whom nobody is recorded to speak."""
    alone = birthday(person, rules.number("consent-alone-age"))
    if on >= alone:
        administrators = _speaking_for(person, on, (Representation.Kind.ADMINISTRATOR,))
        return Needed(own=not administrators, representatives=administrators, until=None)
    parents = _speaking_for(person, on, OF_A_CHILD)
    if not parents:
        raise Invalid(
            Text(
                nl="Voor deze minderjarige is geen ouder of voogd opgenomen. Neem die eerst op.",
                en="No parent or guardian is recorded for this minor. Record one first.",
            ),
            "person",
        )
    together = birthday(person, rules.number("consent-together-age"))
    next_age = together if on < together else alone
    return Needed(own=on >= together, representatives=parents, until=next_age - timedelta(days=1))


def birthday(person: Person, age: int) -> date:
    """The day on which somebody reaches an age; who is born on 29 February, on 1 March of other years."""
    born = person.birth_date
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def all_agreed(consent: Consent) -> bool:
    """Whether every voice that a consent needs has agreed: the person's if it was asked, one representative's if
    they were, and nobody said no.
    """
    voices = list(ConsentVoice.objects.filter(consent=consent))
    own = [voice.agreed for voice in voices if voice.person_id == consent.person_id]
    others = [voice.agreed for voice in voices if voice.person_id != consent.person_id]
    asked = [group for group in (own, others) if group]
    refused = any(agreed is False for agreed in own + others)
    return bool(asked) and not refused and all(any(group) for group in asked)


def _speaking_for(person: Person, on: date, kinds: Sequence[str]) -> tuple[Person, ...]:
    found = in_force(on).filter(person=person, kind__in=kinds).select_related("representative")
    return tuple(one.representative for one in found.order_by("id"))
