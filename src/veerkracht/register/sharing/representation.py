"""When somebody speaks for a person, or only looks: the rule that permissions, consents and pages share."""

from datetime import date

from django.db.models import Q, QuerySet

from veerkracht import region
from veerkracht.register.people.models import Person, User
from veerkracht.register.sharing.models import Representation

# These speak for a child; whoever is of age speaks for themself, unless a judge appointed an administrator.
OF_A_CHILD = (Representation.Kind.PARENT, Representation.Kind.GUARDIAN)
# The source of who used a code of the person: nothing else is known of it.
BY_CODE = "code"
# Whom the person chose themself, and ends themself.
CHOSEN = (Representation.Kind.CHOSEN, Representation.Kind.VIEWER)


def in_force(on: date) -> QuerySet[Representation]:
    """The representations that count on a day: of who speaks, never of who only looks."""
    return held(on).exclude(kind=Representation.Kind.VIEWER)


def viewing(on: date) -> QuerySet[Representation]:
    """Those of who only looks, as far as they count on a day."""
    return held(on).filter(kind=Representation.Kind.VIEWER)


def held(on: date) -> QuerySet[Representation]:
    """Of who speaks and of who only looks: all that count on a day. Those of a child end with the region's age of
    deciding alone (`consent-alone-age`), whether or not somebody wrote down an end.
    """
    still_a_child = Q(person__birth_date__gt=birthday_of_age(on, "consent-alone-age"))
    return Representation.objects.filter(
        Q(until_date=None) | Q(until_date__gte=on),
        ~Q(kind__in=OF_A_CHILD) | still_a_child,
        from_date__lte=on,
        ended_at=None,
    )


def who_is_told(person: Person, on: date) -> list[User]:
    """The accounts of a person and of who speaks for them on a day, but from whom their requests are withheld."""
    speak = in_force(on).filter(person=person)
    people = [one.representative_id for one in speak.order_by("pk") if "request" not in one.withheld]
    return list(User.objects.filter(is_active=True, person__in=[person.pk, *people]).order_by("pk"))


def decides_along(born: date, on: date) -> bool:
    """Whether somebody born then is old enough to decide along with their parents, and not yet alone."""
    together, alone = (birthday_of_age(on, f"consent-{how}-age") for how in ("together", "alone"))
    return alone < born <= together


def birthday_of_age(on: date, number: str) -> date:
    """The last birth date with which somebody has reached an age of the region's `access.toml` on a day.

    Who was born on 29 February comes of age on 1 March, as the rulebook counts. Where the region says no age,
    everybody has reached it.
    """
    access = region.current().access
    if access is None:
        return date.max
    years = access.number(number, on)
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
