"""Rules of places, money, plans, requests and rounds, of what is kept and published, and of what only grows."""

from veerkracht.rulebook.types import Text

CARE: dict[str, Text] = {
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
