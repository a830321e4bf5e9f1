"""Consent, or a ground in law, on which another organisation reads in a file; given, refused and revoked."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.cases import rules, voices
from veerkracht.register.cases.actions.referrals import end_resting_on
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.rows import CHANGED_MEANWHILE, locked
from veerkracht.register.sharing.models import Consent, ConsentVoice
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import team
from veerkracht.rulebook.types import Text

# How an answer reached us: on the person's own page, on paper, or by word of mouth.
ONLINE, WRITTEN, SPOKEN = "online", "written", "spoken"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is shared with whom, why, on which ground and from when to when.

    `programme`: "" for every one that the actor's role is for. `fields`: groups of fields of the permission matrix.
    `from_date` None: today; `until_date` None: as long as is usual.
    """

    programme: str
    organisation: Organisation
    purpose: str
    fields: Collection[str]
    ground: str = rules.CONSENT
    from_date: date | None = None
    until_date: date | None = None


def record_consent(
    person: Person, terms: Terms, *, by: Actor, how: str = "", agreed: Collection[Person] = ()
) -> Consent:
    """Ask for a consent, or write down a ground in law, which holds at once.

    `agreed`: who has agreed already, on paper or by word of mouth (`how`); the others answer with `answer_consent`.
    Raises `Invalid` for a ground that isn't one, for more fields or days than may be, for a child without a
    representative, and when somebody agreed whose voice is not asked.
    """
    terms = replace(terms, programme=terms.programme or by.programme)
    require("consent.record", by, Case(person, terms.programme, person.area))
    consent, needed = _checked(person, terms, by)
    if agreed and how not in (WRITTEN, SPOKEN):
        raise Invalid(Text(nl="Zeg hoe ermee ingestemd is.", en="Say how they agreed."), "how")
    with said(), transaction.atomic():
        # Locked so that a death or an erasure doesn't come between the checks and what rests on them.
        _check_living(locked(person))
        consent.how = how
        consent.save()
        if needed is not None:
            _ask(consent, needed, by, {one.pk for one in agreed})
        record(
            by,
            "share",
            consent,
            person_id=person.pk,
            purpose=consent.purpose,
            detail={"organisation": terms.organisation.pk, "ground": consent.ground},
            fields=consent.fields,
        )
    return consent


def answer_consent(
    consent: Consent,
    *,
    by: Actor,
    agree: bool,
    voice_of: Person | None = None,
    how: str = "",
    version: int | None = None,
) -> Consent:
    """One of those who are asked agrees or does not; it holds once all have agreed.

    The person or a representative answers for themself (their own page). Staff write down the answer of `voice_of`,
    with `how` it came. Raises `Refused` for who is not asked, and `Invalid` when they answered before, or when there
    is nothing to answer any more.
    """
    require("consent.answer" if by.person else "consent.record", by, consent)
    speaker = by.person or voice_of
    if not by.person and how not in (WRITTEN, SPOKEN):
        raise Invalid(Text(nl="Zeg hoe het antwoord kwam.", en="Say how the answer came."), "how")
    with said(), transaction.atomic():
        consent = locked(consent, version)
        voice = consent.voices.filter(person=speaker).first() if speaker else None
        if voice is None:
            raise Refused()
        _check_open(consent, voice)
        _say(voice, by, agree)
        consent.how = ONLINE if by.person else how
        _settle(consent)
        record(by, "change", consent, person_id=consent.person_id, detail={"agreed": agree})
        if consent.given_at or not agree:
            kind = "consent-given" if consent.given_at else "consent-refused"
            _tell_team(consent, kind, by)
    return consent


def revoke_consent(consent: Consent, *, by: Actor, reason: str = "", version: int | None = None) -> Consent:
    """Take back a consent, or end a ground in law: from this moment nobody reads on it, and what rests on it ends.

    Raises `Invalid` when it was revoked before, and for a person who wants to revoke what the law gives: they can
    object to looks.
    """
    require("consent.revoke", by, consent)
    with said(), transaction.atomic():
        consent = locked(consent, version)
        if consent.revoked_at:
            raise Invalid(Text(nl="Dit is al ingetrokken.", en="This has been revoked already."))
        if by.person and consent.ground != rules.CONSENT:
            raise Invalid(
                Text(
                    nl="Dit rust op de wet, niet op een toestemming. U kunt wel bezwaar maken tegen wie keek.",
                    en="This rests on the law, not on a consent. You can object to who looked.",
                )
            )
        consent.revoked_at = clock.now()
        consent.revoked_by_name = signature(by)
        consent.revoke_reason = reason.strip()
        consent.version += 1
        consent.save(update_fields=["revoked_at", "revoked_by_name", "revoke_reason", "version"])
        end_resting_on(consent, by)
        record(by, "change", consent, person_id=consent.person_id, purpose=reason, detail={"revoked": True})
        _tell_team(consent, "consent-revoked", by)
    return consent


def signature(by: Actor) -> str:
    """Who did it, as it is kept beside what they did: of who acts for themself or their child the number only."""
    return by.person.number if by.person else by.name


@dataclass(frozen=True)
class _Limits:
    """What a ground allows at most, and what it rests on; a consent needs voices, a ground in law none."""

    fields: Collection[str]
    usual_days: int
    most_days: int
    source: str = ""
    needed: voices.Needed | None = None


def _limits(person: Person, terms: Terms) -> _Limits:
    if terms.ground == rules.CONSENT:
        usual, most = rules.number("consent-days"), rules.number("consent-longest-days")
        return _Limits(rules.SHAREABLE, usual, most, needed=voices.needed(person, clock.today()))
    ground = rules.ground(terms.ground, programme=terms.programme, organisation_kind=terms.organisation.kind)
    return _Limits(ground.fields, ground.days, ground.days, source=ground.cited)


def _checked(person: Person, terms: Terms, by: Actor) -> tuple[Consent, voices.Needed | None]:
    """The row to write and whose voice it needs (None on a ground in law), when the terms are allowed."""
    if terms.organisation.pk == by.organisation_id:
        own = Text(
            nl="De eigen organisatie heeft dit niet nodig.", en="One's own organisation needs no consent."
        )
        raise Invalid(own, "organisation")
    limits, at = _limits(person, terms), clock.now()
    from_date = terms.from_date or clock.today()
    consent = Consent(
        person=person,
        programme=terms.programme,
        organisation=terms.organisation,
        asked_by_organisation_id=by.organisation_id,
        ground=terms.ground,
        source=limits.source,
        purpose=rules.words(terms.purpose, "purpose"),
        fields=rules.chosen_fields(terms.fields, limits.fields),
        from_date=from_date,
        until_date=_last_day(from_date, terms.until_date, limits),
        recorded_at=at,
        recorded_by_name=by.name,
        given_at=None if limits.needed else at,
    )
    return consent, limits.needed


def _last_day(from_date: date, until_date: date | None, limits: _Limits) -> date:
    """Within the term of the ground, and not beyond the age at which others must agree."""
    most = limits.most_days
    if limits.needed and limits.needed.until:
        most = min(most, (limits.needed.until - from_date).days)
    return rules.last_day(from_date, until_date, usual=limits.usual_days, most=most)


def _check_living(person: Person) -> None:
    if person.died_on:
        raise Invalid(Text(nl="Deze persoon is overleden.", en="This person has died."), "person")


def _check_open(consent: Consent, voice: ConsentVoice) -> None:
    if consent.revoked_at or consent.until_date < clock.today():
        raise Invalid(Text(nl="Dit wordt niet meer gevraagd.", en="This is not asked any more."))
    if voice.agreed is not None:
        raise Conflict(CHANGED_MEANWHILE)


def _ask(consent: Consent, needed: voices.Needed, by: Actor, agreed: set[int]) -> None:
    """One voice for each who is asked; those who agreed before are written down at once."""
    asked = [*([consent.person_id] if needed.own else []), *needed.people]
    strangers = agreed - set(asked)
    if strangers:
        raise Invalid(
            Text(
                nl="Wie instemde, hoeft hier niet in te stemmen.", en="Who agreed is not asked to agree here."
            ),
            "agreed",
        )
    for person_id in asked:
        voice = ConsentVoice.objects.create(consent=consent, person_id=person_id)
        if person_id in agreed:
            _say(voice, by, agree=True)
    if agreed:
        _settle(consent)


def _say(voice: ConsentVoice, by: Actor, agree: bool) -> None:
    voice.agreed, voice.at, voice.recorded_by_name = agree, clock.now(), signature(by)
    voice.save(update_fields=["agreed", "at", "recorded_by_name"])


def _settle(consent: Consent) -> None:
    """It holds from the moment at which the last voice that it needs has agreed."""
    consent.given_at = clock.now() if voices.all_agreed(consent) else None
    consent.version += 1
    consent.save(update_fields=["given_at", "how", "version"])


def _tell_team(consent: Consent, kind: str, by: Actor) -> None:
    others = [user for user in team(consent.person, consent.programme) if user.pk != by.user_id]
    tell(others, kind, consent.person, str(consent.record), organisation=consent.organisation.name)
