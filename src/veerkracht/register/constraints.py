"""What the databases themselves hold, by name, and what is said to a person when it would be broken."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, OperationalError, models

from veerkracht.register.errors import Conflict, Invalid, RegisterFault
from veerkracht.rulebook.types import Text

OUR_APPS = (
    "log",
    "log_in_register",
    "people",
    "sharing",
    "documents",
    "supply",
    "money",
    "plans",
    "care", "keeping",
    "tokens",
)

MESSAGES: dict[str, Text] = {
    "one_release_per_version": Text(
        nl="Iemand anders publiceerde deze dag net ook.", en="Somebody else has just published this day too."
    ),
    "release_versions_count_from_one": Text(
        nl="De eerste versie van een publicatie is 1.", en="The first version of a publication is 1."
    ),
    "release_names_somebody": Text(
        nl="Een publicatie noemt wie ervoor instaat.", en="A publication names who answers for it."
    ),
    "published_release_is_append_only": Text(
        nl="Wat gepubliceerd is, verandert niet: maak een nieuwe versie.",
        en="What was published does not change: make another version.",
    ),
    "log_names_somebody": Text(
        nl="Een logregel noemt een natuurlijke persoon.", en="A log entry names a natural person."
    ),
    "log_entry_is_chained": Text(
        nl="Een logregel hangt met een hash aan de vorige.",
        en="A log entry hangs on the one before by a hash.",
    ),
    "person_dies_after_birth": Text(
        nl="Iemand overlijdt niet vóór de geboorte.", en="Nobody dies before they are born."
    ),
    "organisation_name_once": Text(
        nl="Er is al een organisatie met die naam.", en="There is an organisation with that name already."
    ),
    "membership_does_not_end_before_it_starts": Text(
        nl="Een rol eindigt niet voor ze begint.", en="A role does not end before it starts."
    ),
    "membership_has_a_known_role": Text(nl="Deze rol bestaat niet.", en="There is no such role."),
    "membership_area_has_kind_and_code": Text(
        nl="Een gebied heeft een soort en een code, of geen van beide.",
        en="An area has a kind and a code, or neither.",
    ),
    "national_number_once": Text(
        nl="Dit rijksregisternummer kan hier niet worden vastgelegd.",
        en="This national number can't be recorded here.",
    ),
    "national_number_is_sealed_and_found": Text(
        nl="Een rijksregisternummer is verzegeld én te vinden, of het is er niet.",
        en="A national number is sealed and can be found, or it is not there.",
    ),
    "nobody_stands_in_for_themself": Text(
        nl="Niemand vervangt zichzelf.", en="Nobody stands in for themself."
    ),
    "delegation_has_a_last_day": Text(
        nl="Wie een ander vervangt, doet dat tot een laatste dag.",
        en="Who stands in for somebody does so until a last day.",
    ),
    "case_worker_once": Text(
        nl="Deze medewerker volgt dit dossier al.",
        en="This case worker is on the case already.",
    ),
    "case_work_does_not_end_before_it_starts": Text(
        nl="Dossierwerk eindigt niet voor het begint.",
        en="Case work does not end before it starts.",
    ),
    "representation_once": Text(
        nl="Deze vertegenwoordiger staat er al.",
        en="This representative is there already.",
    ),
    "nobody_represents_themself": Text(
        nl="Niemand is vertegenwoordiger van zichzelf.",
        en="Nobody represents themself.",
    ),
    "representation_does_not_end_before_it_starts": Text(
        nl="Een vertegenwoordiging eindigt niet voor ze begint.",
        en="A representation does not end before it starts.",
    ),
    "consent_does_not_end_before_it_starts": Text(
        nl="Een toestemming eindigt niet voor ze begint.",
        en="A consent does not end before it starts.",
    ),
    "consent_has_a_purpose": Text(
        nl="Een toestemming zegt waarvoor ze dient.",
        en="A consent says what it is for.",
    ),
    "legal_ground_has_a_source": Text(
        nl="Een wettelijke grond noemt zijn bron.",
        en="A legal ground names its source.",
    ),
    "voice_once": Text(
        nl="Wie instemt, staat er één keer.",
        en="Who agrees stands there once.",
    ),
    "consultation_has_a_source": Text(
        nl="Een casusoverleg noemt zijn wettelijke bron.",
        en="A case consultation names its source in law.",
    ),
    "consultation_does_not_end_before_it_is_held": Text(
        nl="Een casusoverleg eindigt niet voor het plaatsheeft.",
        en="A case consultation does not end before it is held.",
    ),
    "consultation_member_once": Text(
        nl="Deze deelnemer staat er al.",
        en="This participant is there already.",
    ),
    "emergency_ends_after_it_starts": Text(
        nl="Noodtoegang eindigt nadat ze begint.",
        en="Emergency access ends after it starts.",
    ),
    "emergency_has_a_reason": Text(
        nl="Noodtoegang heeft een reden.",
        en="Emergency access has a reason.",
    ),
    "restricted_access_once": Text(
        nl="Deze naam staat er al.",
        en="This name is there already.",
    ),
    "restricted_access_does_not_end_before_it_starts": Text(
        nl="Toegang eindigt niet voor ze begint.",
        en="Access does not end before it starts.",
    ),
    "one_address_of_a_kind": Text(
        nl="Er is al zo een adres.",
        en="There is such an address already.",
    ),
    "address_does_not_end_before_it_starts": Text(
        nl="Een adres eindigt niet voor het begint.",
        en="An address does not end before it starts.",
    ),
    "one_open_referral": Text(
        nl="Er loopt al een verwijzing naar deze organisatie.",
        en="There is an open referral to this organisation already.",
    ),
    "declined_referral_has_a_reason": Text(
        nl="Wie een verwijzing weigert, zegt waarom.",
        en="Who declines a referral says why.",
    ),
    "referral_ends_when_it_is_over": Text(
        nl="Een verwijzing die voorbij is, heeft een einde.",
        en="A referral that is over has an end.",
    ),
    "revoked_consent_names_who": Text(
        nl="Een ingetrokken toestemming zegt wie ze introk.",
        en="A revoked consent says who revoked it.",
    ),
    "voice_has_a_moment": Text(
        nl="Een antwoord op een vraag om toestemming heeft een moment.",
        en="An answer to a request for consent has a moment.",
    ),
    "emergency_review_is_whole": Text(
        nl="Een nagekeken noodtoegang zegt wie nakeek, wanneer, en wat daarvan het besluit is.",
        en="A reviewed emergency access says who reviewed it, when, and the outcome.",
    ),
    "emergency_is_reviewed_by_another": Text(
        nl="Wie noodtoegang nam, ziet die niet zelf na.",
        en="Who took emergency access does not review it.",
    ),
    "emergency_not_in_order_says_why": Text(
        nl="Wie een noodtoegang niet in orde vindt, zegt waarom.",
        en="Who finds an emergency access not in order says why.",
    ),
    "one_referral_per_consent": Text(
        nl="Op deze toestemming rust al een lopende verwijzing.",
        en="An open referral rests on this consent already.",
    ),
    "credit_is_positive": Text(nl="Een krediet is meer dan nul euro.", en="A credit is more than zero euro."),
    "credit_has_a_source": Text(nl="Een krediet noemt zijn bron.", en="A credit names its source."),
    "account_once": Text(nl="Deze rekening bestaat al.", en="This account exists already."),
    "service_name_once": Text(
        nl="Deze organisatie heeft al een dienst met die naam.",
        en="This organisation has a service with that name already.",
    ),
    "unit_name_once": Text(
        nl="Deze dienst heeft al een plaats met die naam.",
        en="This service has a place with that name already.",
    ),
    "unit_does_not_end_before_it_starts": Text(
        nl="Een plaats sluit niet voor ze opent.",
        en="A place does not close before it opens.",
    ),
    "one_live_hold_per_unit": Text(
        nl="Deze plaats is al ingenomen of wordt vastgehouden.",
        en="This place is taken or held already.",
    ),
    "one_live_hold_per_request": Text(
        nl="Voor deze vraag is er al een plaats.",
        en="There is a place for this request already.",
    ),
    "hold_ends_after_it_starts": Text(
        nl="Een plaats wordt tot een later moment vastgehouden.",
        en="A place is held until a later moment.",
    ),
    "hold_state_is_known": Text(
        nl="Deze toestand bestaat niet.",
        en="There is no such state.",
    ),
    "hold_names_somebody": Text(
        nl="Wie een plaats vasthoudt, heeft een naam.",
        en="Who holds a place has a name.",
    ),
    "hold_step_once": Text(
        nl="Dit is met deze plaats al gebeurd.",
        en="This has happened to this place already.",
    ),
    "hold_step_names_somebody": Text(
        nl="Een stap noemt wie hem zette.",
        en="A step names who made it.",
    ),
    "one_open_stay_per_unit": Text(
        nl="Hier verblijft al iemand.",
        en="Somebody stays here already.",
    ),
    "stay_does_not_end_before_it_starts": Text(
        nl="Een verblijf eindigt niet voor het begint.",
        en="A stay does not end before it starts.",
    ),
    "free_money_never_below_zero": Text(
        nl="Er is niet genoeg vrij geld.", en="There is not enough free money."
    ),
    "granted_money_never_below_zero": Text(
        nl="Er is niet zoveel geld toegekend.", en="Not that much money is granted."
    ),
    "running_money_never_below_zero": Text(
        nl="Er loopt niet zoveel geld.", en="Not that much money is running."
    ),
    "posting_is_positive": Text(nl="Een boeking is meer dan nul.", en="A posting is more than zero."),
    "posting_moves_between_two_accounts": Text(
        nl="Een boeking gaat van de ene rekening naar een andere.",
        en="A posting goes from one account to another.",
    ),
    "token_once": Text(nl="Dit token bestaat al.", en="There is such a token already."),
    "token_has_a_name": Text(nl="Een token heeft een naam.", en="A token has a name."),
    "token_expires_after_it_is_made": Text(
        nl="Een token vervalt nadat het gemaakt is.", en="A token expires after it is made."
    ),
    "own_plan_name_once": Text(
        nl="U hebt al een plan met die naam.", en="You have a plan with that name already."
    ),
    "own_plan_has_a_name": Text(nl="Een plan heeft een naam.", en="A plan has a name."),
    "one_live_request_per_kind": Text(
        nl="Deze persoon heeft al een lopende vraag van deze soort.",
        en="This person has a live request of this kind already.",
    ),
    "request_live_follows_state": Text(
        nl="Of een vraag loopt, volgt uit haar toestand.",
        en="Whether a request is live follows from its state.",
    ),
    "request_state_is_known": Text(nl="Deze toestand bestaat niet.", en="There is no such state."),
    "waiting_has_group_or_route": Text(
        nl="Wie wacht, heeft een prioriteitengroep met een prioriteringsdatum, of een weg buiten de rij.",
        en="Who waits has a priority group with a priority date, or a route outside the queue.",
    ),
    "points_are_not_negative": Text(nl="Zorgpunten zijn niet negatief.", en="Care points are not negative."),
    "step_names_somebody": Text(nl="Een stap noemt wie hem zette.", en="A step names who made it."),
    "one_open_budget_per_programme": Text(
        nl="Deze persoon heeft al een lopend budget.", en="This person has an open budget already."
    ),
    "budget_does_not_end_before_it_starts": Text(
        nl="Een budget eindigt niet voor het begint.", en="A budget does not end before it starts."
    ),
    "temporary_budget_has_a_last_day": Text(
        nl="Een tijdelijk budget heeft een laatste dag.", en="A temporary budget has a last day."
    ),
    "budget_is_not_negative": Text(nl="Een budget is niet negatief.", en="A budget is not negative."),
    "one_open_round_per_programme": Text(
        nl="Er staat al een ronde open: teken of annuleer die eerst.",
        en="A round is open already: sign or cancel it first.",
    ),
    "round_has_money": Text(
        nl="Een ronde deelt meer dan nul euro uit.", en="A round hands out more than zero euro."
    ),
    "signer_is_not_the_preparer": Text(
        nl="Wie een ronde voorbereidt, tekent ze niet.",
        en="Who prepares a round does not sign it.",
    ),
    "reviewed_before_signed": Text(
        nl="Een ronde wordt nagekeken voor ze wordt getekend.",
        en="A round is reviewed before it is signed.",
    ),
    "signed_means_signed_by_somebody": Text(
        nl="Een getekende ronde noemt wie tekende, een andere niemand.",
        en="A signed round names who signed, another names nobody.",
    ),
    "one_line_per_request": Text(
        nl="Een vraag staat één keer in een ronde.", en="A request stands in a round once."
    ),
    "share_between_nothing_and_all": Text(
        nl="Een deel is meer dan niets en hoogstens alles.",
        en="A share is more than nothing and at most all.",
    ),
    "one_request_per_reference": Text(
        nl="Deze rij is al eens ingelezen.", en="This row was imported already."
    ),
    "line_cost_is_not_negative": Text(nl="Een kost is niet negatief.", en="A cost is not negative."),
    "document_is_stored_once": Text(nl="Dit bestand is al bewaard.", en="This file is kept already."),
    "document_is_not_empty": Text(nl="Dit bestand is leeg.", en="This file is empty."),
    "document_has_a_name_until_destroyed": Text(
        nl="Een document heeft een naam tot het vernietigd is.",
        en="A document has a name until it is destroyed.",
    ),
    "removed_document_has_a_reason": Text(
        nl="Een document wordt door iemand weggehaald, met een reden.",
        en="A document is removed by somebody, for a reason.",
    ),
    "document_is_removed_after_it_is_added": Text(
        nl="Een document wordt pas na het toevoegen weggehaald.",
        en="A document is removed only after it was added.",
    ),
    "legal_hold_has_a_reason": Text(
        nl="Wie vernietiging tegenhoudt, zegt waarom.", en="Who holds back destruction says why."
    ),
    "lifted_hold_names_who_lifted_it": Text(
        nl="Wie een bewaarplicht opheft, heeft een naam.", en="Who lifts a legal hold has a name."
    ),
    "one_objection_per_look": Text(
        nl="U maakte tegen deze inkijk al bezwaar.", en="You have objected to this look already."
    ),
    "objection_says_why": Text(nl="Een bezwaar zegt waarom.", en="An objection says why."),
    "answered_objection_has_an_answer": Text(
        nl="Een beantwoord bezwaar heeft een antwoord.", en="An answered objection has an answer."
    ),
    "one_open_retention_run": Text(
        nl="Er staat al een lijst open: bevestig of annuleer die eerst.",
        en="A list is open already: confirm or cancel it first.",
    ),
    "confirmer_is_not_the_preparer": Text(
        nl="Wie de lijst voorbereidt, bevestigt ze niet.", en="Who prepares the list does not confirm it."
    ),
    "confirmed_means_by_somebody": Text(
        nl="Een bevestigde lijst noemt wie bevestigde, een andere niemand.",
        en="A confirmed list names who confirmed, another names nobody.",
    ),
    "one_retention_line": Text(
        nl="Een deel van een dossier staat één keer op de lijst.",
        en="A part of a file stands on the list once.",
    ),
    "append_only": Text(
        nl="Wat gebeurd is, wordt nooit overschreven of gewist: voeg een verbetering toe.",
        en="What happened is never overwritten or erased: add a correction.",
    ),
}
# Broken only when somebody else was just before us.
_RACES = {
    "one_live_request_per_kind",
    "one_open_budget_per_programme",
    "one_open_round_per_programme",
    "one_live_hold_per_unit",
    "one_live_hold_per_request",
    "one_open_stay_per_unit",
    "hold_step_once",
}


BUSY = Text(
    nl="Iemand anders is hier op dit moment mee bezig. Er is niets gewijzigd: probeer het opnieuw.",
    en="Somebody else is busy with this at the moment. Nothing was changed: try again.",
)
# PostgreSQL's codes for: no lock in time, a deadlock, a transaction that can't be put in order.
_BUSY_STATES = {"55P03", "40P01", "40001"}


def named() -> dict[str, models.BaseConstraint]:
    """Every constraint of ours by its name."""
    return {
        constraint.name: constraint
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for constraint in model._meta.constraints
    }


def broken(error: IntegrityError) -> str:
    """The name of the rule that a database says was broken; "" when it is none of ours.

    SQLite names a check, but of a unique rule only the columns.
    """
    text = str(error)
    if "append_only" in text:
        return "append_only"
    match = re.search(r"UNIQUE constraint failed: ([\w., ]+)", text)
    columns = match.group(1) if match else None
    for name, constraint in named().items():
        if columns is not None:
            if isinstance(constraint, models.UniqueConstraint) and _columns(name) == columns:
                return name
        elif re.search(rf"\b{name}\b", text):
            return name
    return ""


def fault(error: IntegrityError) -> RegisterFault | None:
    name = broken(error)
    if not name:
        return None
    return Conflict(MESSAGES[name]) if name in _RACES else Invalid(MESSAGES[name])


def is_busy(error: BaseException) -> bool:
    """Whether a database gave way to somebody else: a lock not got in time, or two who waited for each other."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _BUSY_STATES or "database is locked" in str(error)


@contextmanager
def said() -> Iterator[None]:
    """Turns a broken rule of the database, and a lock not got, into the clear error that a person reads."""
    try:
        yield
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise Conflict(BUSY) from error
    except IntegrityError as error:
        clear = fault(error)
        if clear is None:
            raise
        raise clear from error


def _columns(name: str) -> str:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                fields = [model._meta.get_field(field).column for field in constraint.fields]
                return ", ".join(f"{model._meta.db_table}.{column}" for column in fields)
    return ""
