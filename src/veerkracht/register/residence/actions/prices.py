"""What a day in a home costs: a new price by the rule in force, and one that was written down wrongly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said as clearly
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.words import euro
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.models import DayPrice, DayPricePart
from veerkracht.register.residence.prices import require_allowed, standing
from veerkracht.register.residence.rules import lives_there, one_of, rules
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.staffing import locked_service
from veerkracht.rulebook.day_prices import Price
from veerkracht.rulebook.types import Text

# Dearer than this nobody lives by the day: a slip of the finger.
MOST_CENTS = 100_000
LONGEST_WORDS = 200
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Said:
    """A price: its parts in cents a day by the region's names of parts, on which ground, and by which decision."""

    parts: Mapping[str, int]
    ground: str
    reference: str = ""
    unit_kind: str = ""

    @property
    def cents(self) -> int:
        return sum(self.parts.values())


def set_price(
    service: Service, *, by: Actor, said: Said, from_date: date, fictitious: bool = False
) -> DayPrice:
    """Say what a day costs from a day on, for every kind of place or for one.

    Raises `Refused` for another's home, and `Invalid` where nobody lives, or at its field for unknown parts or grounds,
    a day before the last price or more than a year away, and a rise that the rule in force on that day does not allow.
    """
    access.require_of("price.set", by, service)
    if not lives_there(service):
        raise Invalid(_NO_HOME)
    _check(said, from_date)
    with clearly(), transaction.atomic():
        # Locked, so that of two who set a price the second sees the first.
        locked_service(service.pk)
        before = standing([service.pk]).of(service.pk, said.unit_kind)
        if before and from_date <= before[-1].from_date:
            raise Invalid(_BEFORE.fill(day=before[-1].from_date), "from_date")
        require_allowed(before, _as_price(said, from_date))
        return _write(service, said, by, from_date=from_date, fictitious=fictitious)


def correct_price(price: DayPrice, *, by: Actor, said: Said, why: str) -> DayPrice:
    """Say what should have been written down of the last price of a kind of place, and why it was not.

    Raises `Conflict` when somebody corrected it before us, and `Invalid` as `set_price`, for a price that is not
    the last of its kind or for no reason.
    """
    access.require_of("price.set", by, price.service)
    _check(said, price.from_date)
    if not why.strip() or len(why) > LONGEST_WORDS:
        raise Invalid(_SAY_WHY, "why")
    if said.unit_kind != price.unit_kind:
        raise Invalid(_SAME_KIND, "unit_kind")
    with clearly(), transaction.atomic():
        locked_service(price.service_id)
        *before, last = standing([price.service_id]).of(price.service_id, price.unit_kind)
        if (last.from_date, last.version) != (price.from_date, price.version):
            raise Conflict(CHANGED_MEANWHILE)
        require_allowed(before, _as_price(said, price.from_date))
        facts = {"from_date": price.from_date, "version": price.version + 1, "why": why.strip()}
        return _write(price.service, said, by, fictitious=price.fictitious, **facts)


def _write(service: Service, said: Said, by: Actor, **facts: object) -> DayPrice:
    price = DayPrice.objects.create(
        service=service,
        unit_kind=said.unit_kind,
        cents=said.cents,
        ground=said.ground,
        reference=" ".join(said.reference.split()),
        by=by.user,
        by_name=by.name,
        recorded_at=clock.now(),
        **facts,
    )
    parts = [DayPricePart(price=price, part=id, cents=cents) for id, cents in said.parts.items() if cents]
    DayPricePart.objects.bulk_create(parts)
    detail = {"service": service.pk, "cents": price.cents, "from": str(price.from_date)}
    record(by, "create", price, detail=detail)
    return price


def _as_price(said: Said, from_date: date) -> Price:
    kind = rules().grounds[said.ground].kind
    return Price(said.cents, from_date, kind, " ".join(said.reference.split()))


def _check(said: Said, from_date: date) -> None:
    known = rules()
    one_of(known.grounds, said.ground, "ground")
    for id, cents in said.parts.items():
        one_of(known.parts, id, "parts")
        if cents < 0:
            raise Invalid(_NEGATIVE.fill(part=known.parts[id].name, found=euro(cents)), id)
    if not 1 <= said.cents <= MOST_CENTS:
        raise Invalid(_NOT_POSSIBLE.fill(found=euro(said.cents), most=euro(MOST_CENTS)), "parts")
    if len(said.reference) > LONGEST_WORDS:
        raise Invalid(_TOO_LONG.fill(most=LONGEST_WORDS), "reference")
    if from_date > clock.today() + _FURTHEST:
        raise Invalid(_FAR.fill(day=from_date), "from_date")


_BEFORE = Text(
    nl="De vorige prijs geldt vanaf {day}: een nieuwe begint later.",
    en="The price before it holds from {day}: a new one begins later.",
)
_NO_HOME = Text(
    nl="Hier woont niemand: een dag heeft er geen dagprijs.", en="Nobody lives here: a day has no price."
)
_SAY_WHY = Text(nl="Zeg in enkele woorden wat er fout was.", en="Say in a few words what was wrong.")
_SAME_KIND = Text(
    nl="Een verbetering gaat over dezelfde soort plaats.", en="A correction is about the same kind of place."
)
_NEGATIVE = Text(
    nl="{part}: een deel van een prijs is niet negatief; gevonden: {found} euro.",
    en="{part}: a part of a price is not negative; found: {found} euro.",
)
_NOT_POSSIBLE = Text(
    nl="Een dag kost meer dan niets en hoogstens {most} euro; gevonden: {found} euro.",
    en="A day costs more than nothing and at most {most} euro; found: {found} euro.",
)
_TOO_LONG = Text(
    nl="Een verwijzing telt hoogstens {most} tekens.", en="A reference has at most {most} characters."
)
_FAR = Text(nl="{day} ligt meer dan een jaar in de toekomst.", en="{day} is more than a year from now.")
