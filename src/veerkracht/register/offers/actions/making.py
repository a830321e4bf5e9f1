"""A place is offered to who is next by the home's own rules, and signed for by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import localdate

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists.models import Entry
from veerkracht.register.offers.access import require_of
from veerkracht.register.offers.actions.lapsing import lapse_of
from veerkracht.register.offers.models import Offer, OfferedPlace, PassedOver, Vacancy
from veerkracht.register.offers.queries.line import Candidate, line
from veerkracht.register.offers.rules import clean, passing_of, rules_of, term
from veerkracht.register.offers.writing import offer_becomes, vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User
from veerkracht.register.permissions import kept_from, require
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.protection import named
from veerkracht.register.sharing.representation import who_is_told
from veerkracht.register.supply.actions.holds import hold_until
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

# Kinds of notices; their words are on the pages.
OFFERED, OFFERED_SHIELDED = "offer-made", "offer-made-shielded"
OFFERED_ALREADY = Text(
    nl="Iemand anders heeft deze plaats intussen aangeboden. Kijk eerst wat er nu staat.",
    en="Somebody else has meanwhile offered this place. Look at what it says now first.",
)
NOT_WAITING = Text(
    nl="Deze inschrijving staat nu niet in de volgorde voor deze plaats.",
    en="This entry is not in the order for this place now.",
)
# Fairness goes before discretion: nobody is passed over because their file is shielded.
NOT_YOURS = Text(
    nl="Wie hoger staat, heeft een afgeschermd dossier: alleen wie dat mag zien, kan die voorbijgaan. Bied de plaats "
    "eerst daar aan; u ziet niet wie het is, en wie dat wel mag, volgt het antwoord op.",
    en="Who stands higher has a shielded file: only who may see it can pass them over. Offer them the place first; you "
    "do not see who it is, and who may does follow the answer up.",
)
# What a family told of itself decides its place: somebody of the home looks at it before it signs.
TO_CHECK = Text(
    nl="Wat deze familie zelf vertelde, is nog niet nagekeken. Kijk het na bij hun inschrijving, en bied dan aan.",
    en="What this family told itself has not been checked yet. Check it at their entry, then offer.",
)


@dataclass(frozen=True)
class Passing:
    """Why somebody who stands higher is passed over: an id of the region's file, and in words."""

    reason: str
    text: str


@dataclass(frozen=True)
class Choice:
    """To whom a place is offered (one of the entries of who comes), whom that passes over, and for how many days."""

    entry: int
    passing: Mapping[int, Passing] = field(default_factory=dict)
    days: int | None = None
    fictitious: bool = False


def make_offer(vacancies: Sequence[Vacancy], *, by: Actor, choice: Choice) -> Offer:
    """Offer places to somebody on the home's list, or to all who come together, and sign for it.

    The order is that of the home's rules at this moment. Everybody before them who could have been offered the places
    is passed over with a reason in `choice.passing`, by one of their entries; for who can't be offered them now the
    register says why. Who has a shielded file is offered a place by somebody who does not see who it is, and is never
    passed over by them. Whom it is for, who speaks for them and who is named in such a file are told.

    Raises `Refused` for another organisation than one's own or who acts without a name, `Conflict` when somebody else
    offered a place meanwhile or there is no staff for it, and `Invalid` for a place that is not ready or closed, places
    that do not go together or are not all needed, somebody who is not in the order or can't be offered this, and for
    who is passed over without a reason.
    """
    require("offer.make", by, by.programme)
    service = _one_service(vacancies)
    require_of("offer.make", by, service)
    if by.user is None:
        raise Refused()
    lapse_of(service, by=by)
    with said(), transaction.atomic():
        vacancies = _locked(vacancies)
        candidates = line(service, vacancies)
        chosen = _chosen(service, candidates, choice.entry, by)
        before = candidates[: chosen.place - 1]
        if _kept_among([one for one in before if not one.hindrance], by):
            raise Invalid(NOT_YOURS, "entry")
        ahead = _passed_over(service, before, choice.passing)
        offer = _made(service, chosen, len(candidates), by, choice)
        _hold(offer, chosen, _beds(vacancies, len(chosen.entries)), by)
        _pass_over(offer, ahead, by)
        offer_becomes(offer, "made", by)
        for vacancy in vacancies:
            vacancy_becomes(vacancy, "offered", by)
        _tell(offer, chosen)
    return offer


def _one_service(vacancies: Sequence[Vacancy]) -> Service:
    if len({(one.unit.service_id, one.unit.ward) for one in vacancies}) != 1:
        raise Invalid(
            Text(
                nl="Kies vrije plaatsen van één afdeling van één dienst.",
                en="Choose vacancies of one ward of one service.",
            ),
            "vacancies",
        )
    return vacancies[0].unit.service


def _locked(vacancies: Sequence[Vacancy]) -> list[Vacancy]:
    """The vacancies as they are now. Of two who offer one of them at once, one goes first and the other sees that."""
    ids = {vacancy.pk for vacancy in vacancies}
    rows = Vacancy.objects.select_for_update(of=("self",)).select_related("unit__service")
    found = list(rows.filter(pk__in=ids).order_by("pk"))
    today = clock.today()
    for vacancy in found:
        if vacancy.state != "open":
            raise Conflict(OFFERED_ALREADY)
        if vacancy.ready_on > today:
            raise Invalid(
                Text(
                    nl=f"Plaats {vacancy.unit.name} is pas klaar op {vacancy.ready_on:%d-%m-%Y}: bied ze dan aan.",
                    en=f"Place {vacancy.unit.name} is ready on {vacancy.ready_on:%d-%m-%Y}: offer it then.",
                ),
                "ready_on",
            )
    return found


def _chosen(service: Service, candidates: list[Candidate], entry: int, by: Actor) -> Candidate:
    """Who is to be offered the places, whole: the others of their party come along."""
    found = next((one for one in candidates if entry in one.ids), None)
    if found is None:
        raise Invalid(NOT_WAITING, "entry")
    if found.hindrance:
        reason = rules_of(service.programme).passing(found.hindrance, clock.today())
        raise Invalid(reason.name if reason else NOT_WAITING, "entry")
    # Who may not see what was told can't check it either: that is for who does, when they come.
    if Entry.objects.filter(pk__in=found.ids, to_check=True).exists() and not _kept_among([found], by):
        raise Invalid(TO_CHECK, "entry")
    return found


def _kept_among(candidates: Sequence[Candidate], by: Actor) -> bool:
    """Whether the actor may not know of somebody among these, or who comes together with them."""
    kept = kept_from(by)
    requests = [entry.request_id for one in candidates for entry in one.entries]
    return bool(kept) and Request.objects.filter(pk__in=requests, person__in=kept).exists()


def _tell(offer: Offer, chosen: Candidate) -> None:
    """Whom it is for, who speaks for them, and who is named in a shielded file. The home calls or writes as well."""
    today = clock.today()
    found = Request.objects.filter(pk__in=[entry.request_id for entry in chosen.entries])
    for request in found.select_related("person").order_by("pk"):
        until = str(localdate(offer.until))
        tell(who_is_told(request.person, today), OFFERED, request.person, str(offer.pk), until=until)
        if request.person.restricted:
            follow = User.objects.filter(pk__in=named(today).filter(person=request.person).values("user"))
            tell(follow, OFFERED_SHIELDED, request.person, str(offer.pk), until=until)


def _passed_over(
    service: Service, ahead: list[Candidate], passing: Mapping[int, Passing]
) -> list[tuple[Candidate, Passing]]:
    """Why each of those ahead is passed over. Raises `Invalid` naming how many have no reason, and who is first."""
    given = [(one, next((passing[id] for id in one.ids if id in passing), None)) for one in ahead]
    without = [one for one, why in given if not one.hindrance and (why is None or not why.text.strip())]
    if without:
        count, first = len(without), without[0].place
        raise Invalid(
            Text(
                nl=f"Wie hoger staat, wordt niet zonder reden voorbijgegaan: kies een reden, en zeg het in woorden. "
                f"Zonder reden: {count}; de eerste staat op plaats {first}.",
                en=f"Nobody who stands higher is passed over without a reason: choose one, and say it in words. "
                f"Without a reason: {count}; the first is at place {first}.",
            ),
            "passing",
        )
    return [(one, _why(service, one, why)) for one, why in given]


def _why(service: Service, candidate: Candidate, why: Passing | None) -> Passing:
    if candidate.hindrance or why is None:
        return Passing(candidate.hindrance, "")
    return Passing(passing_of(service.programme, why.reason).id, clean(why.text, "passing"))


def _beds(vacancies: Sequence[Vacancy], people: int) -> list[Vacancy]:
    """The vacancy for each person: a room for all of them, or a place each.

    Raises `Invalid` for more vacancies than they need.
    """
    # The largest first, so that who comes together is in one room where there is one.
    largest_first = sorted(vacancies, key=lambda one: (-one.unit.sleeps, one.pk))
    beds = [vacancy for vacancy in largest_first for _ in range(vacancy.unit.sleeps)][:people]
    if len(set(beds)) < len(vacancies):
        raise Invalid(
            Text(
                nl=f"Voor {people} zijn niet zoveel plaatsen nodig: kies er minder.",
                en=f"For {people} not so many places are needed: choose fewer.",
            ),
            "vacancies",
        )
    return beds


def _made(service: Service, chosen: Candidate, how_many: int, by: Actor, choice: Choice) -> Offer:
    now = clock.now()
    return Offer.objects.create(
        service=service,
        made_at=now,
        until=term(service.programme, choice.days),
        place_in_order=chosen.place,
        of_how_many=how_many,
        signed_by=by.user,
        signed_by_name=by.name,
        updated_at=now,
        fictitious=choice.fictitious,
    )


def _hold(offer: Offer, chosen: Candidate, beds: list[Vacancy], by: Actor) -> None:
    """Hold a bed for each person, all or none."""
    requests = Request.objects.select_related("person").in_bulk([one.request_id for one in chosen.entries])
    holds = hold_until(
        [vacancy.unit for vacancy in beds],
        by=by,
        until=offer.until,
        requests=[requests[one.request_id] for one in chosen.entries],
    )
    OfferedPlace.objects.bulk_create(
        OfferedPlace(offer=offer, vacancy=vacancy, entry_id=entry.entry_id, hold=hold)
        for vacancy, entry, hold in zip(beds, chosen.entries, holds, strict=True)
    )


def _pass_over(offer: Offer, ahead: list[tuple[Candidate, Passing]], by: Actor) -> None:
    PassedOver.objects.bulk_create(
        PassedOver(
            offer=offer,
            entry_id=entry,
            reason=why.reason,
            text=why.text,
            by_id=by.user_id,
            by_name=by.name,
            recorded_at=offer.made_at,
        )
        for candidate, why in ahead
        for entry in candidate.ids
    )
