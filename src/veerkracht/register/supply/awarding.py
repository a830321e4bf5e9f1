"""What may become of an award of growth, and what each step makes of it: the actions and a file ask the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.supply.models import Award, AwardStep
from veerkracht.rulebook.types import Text

AWARDED, POSTPONED, LAPSED, REALISED = KINDS = tuple(AwardStep.Kind.values)
# More than this has no service: a slip of the finger.
MOST_PLACES = 10_000


@dataclass(frozen=True)
class Happened:
    """A step of an award as it is told. `units`: how many places it is about; of a postponement all that are left.

    `period_from`: the first day of the period awarded, or of the new one.
    """

    kind: str
    on: date
    units: int
    period_from: date | None = None
    reason: str = ""


class Unfit(Invalid):
    """What is said of an award and can't be: at which field, what was found, and what was expected."""

    def __init__(self, message: Text, field: str, found: str | int | date, expected: Text):
        super().__init__(_TOLD.fill(message=message, found=found, expected=expected), field)
        self.message, self.expected = message, expected


def begin(award: Award, what: Happened) -> None:
    """Make of a new award what was decided. Raises `Unfit` for a kind or a municipality that isn't there, a number that
    nobody is awarded, or a day to come.
    """
    _check_one_of("kind", award.kind, _kinds(), _NO_SUCH_KIND)
    _check_one_of("area", award.area, names(), _NO_SUCH_AREA)
    check_number("units", what.units, 1)
    _check_not_to_come(what.on)
    award.units, award.awarded_for, award.period_from = what.units, what.period_from, what.period_from
    award.version = 1


def follow(award: Award, before: date | None, what: Happened) -> None:
    """Make of an award what a step says. `before`: the day of the step before it.

    Raises `Unfit` for nothing left, more than is left, a day before that step or to come, a period that is not later,
    or no reason where one is asked.
    """
    if award.left == 0:
        raise Unfit(NOTHING_LEFT, "units", what.units, _NOTHING)
    if before is not None and what.on < before:
        raise Unfit(_EARLIER, "on", what.on, _FROM.fill(day=before))
    _check_not_to_come(what.on)
    if what.kind != REALISED and not what.reason.strip():
        raise Unfit(_NO_REASON, "reason", "–", _WHY)
    least = award.left if what.kind == POSTPONED else 1
    if not least <= what.units <= award.left:
        raise Unfit(_NOT_SO_MANY, "units", what.units, _from_to(least, award.left))
    _take(award, what)
    award.version += 1


def _take(award: Award, what: Happened) -> None:
    if what.kind == LAPSED:
        award.lapsed += what.units
    elif what.kind == REALISED:
        award.realised += what.units
    else:
        if what.period_from is None or what.period_from <= award.period_from:
            raise Unfit(_NO_LATER, "period_from", what.period_from or "–", _AFTER.fill(day=award.period_from))
        award.period_from = what.period_from


def step_of(award: Award, what: Happened, by: Actor) -> AwardStep:
    """The step as it is kept, not yet written."""
    return AwardStep(
        award=award,
        kind=what.kind,
        holds_from=what.on,
        units=what.units,
        period_from=what.period_from,
        reason=what.reason.strip(),
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        recorded_at=clock.now(),
    )


def happened(steps: Iterable[AwardStep]) -> tuple[Happened, ...]:
    """The steps of an award in the order in which they were written down."""
    return tuple(
        Happened(one.kind, one.holds_from, one.units, one.period_from, one.reason)
        for one in sorted(steps, key=lambda one: one.pk)
    )


def check_number(field: str, found: int, least: int) -> None:
    """Raise `Unfit` for a number of places that no service has."""
    if not least <= found <= MOST_PLACES:
        raise Unfit(_NO_NUMBER, field, found, _from_to(least, MOST_PLACES))


def _check_one_of(field: str, found: str, known: Iterable[str], message: Text) -> None:
    there_are = tuple(known)
    if found not in there_are:
        # A region has hundreds of municipalities: nobody reads these here.
        listed = ", ".join(there_are) if 0 < len(there_are) <= _MOST_LISTED else ""
        raise Unfit(message, field, found or "–", Text(listed, listed) if listed else _A_CODE)


def _kinds() -> Iterable[str]:
    places = region.current().places
    return places.growth_kinds if places else ()


def _check_not_to_come(on: date) -> None:
    if on > clock.today():
        raise Unfit(_TO_COME, "on", on, _AT_MOST.fill(day=clock.today()))


def _from_to(least: int, most: int) -> Text:
    return _ONLY.fill(most=most) if least == most else _BETWEEN.fill(least=least, most=most)


_MOST_LISTED = 20
_TOLD = Text(
    "{message} Gevonden: {found}; verwacht: {expected}.", "{message} Found: {found}; expected: {expected}."
)
_NOTHING, _WHY = Text("niets meer", "nothing more"), Text("waarom", "why")
_FROM, _AFTER = Text("vanaf {day}", "from {day}"), Text("na {day}", "after {day}")
_AT_MOST = Text("hoogstens {day}", "at most {day}")
_ONLY, _BETWEEN = Text("{most}", "{most}"), Text("{least} tot {most}", "{least} to {most}")
_A_CODE = Text("een code die de regio kent", "a code that the region knows")
NOTHING_LEFT = Text("Van deze toekenning blijft niets over.", "Nothing is left of this award.")
_EARLIER = Text("De vorige stap is van een latere dag.", "The step before this is of a later day.")
_TO_COME = Text("Deze dag moet nog komen.", "This day is still to come.")
_NO_REASON = Text("Zeg waarom.", "Say why.")
_NOT_SO_MANY = Text(
    "Zoveel plaatsen blijven er niet van deze toekenning.", "Not so many places are left of this award."
)
_NO_LATER = Text("Uitstel is tot een latere periode.", "Postponed is until a later period.")
_NO_NUMBER = Text("Dit aantal plaatsen kan niet.", "This number of places can't be.")
_NO_SUCH_KIND = Text("Deze soort groei is er niet.", "There is no such kind of growth.")
_NO_SUCH_AREA = Text("Deze gemeente is er niet.", "There is no such municipality.")
