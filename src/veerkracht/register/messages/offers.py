"""Rules of vacancies and offers."""

from veerkracht.rulebook.types import Text

OFFERS: dict[str, Text] = {
    "one_live_vacancy_per_unit": Text(
        nl="Deze plaats staat al bij de vrije plaatsen.", en="This place is among the vacancies already."
    ),
    "vacancy_is_ready_after_it_is_free": Text(
        nl="Een plaats is pas klaar op of na de dag waarop ze vrijkomt.",
        en="A place is ready on or after the day on which it comes free, not before.",
    ),
    "vacancy_state_is_known": Text(
        nl="Deze toestand van een vrije plaats bestaat niet.", en="There is no such state of a vacancy."
    ),
    "vacancy_step_names_somebody": Text(
        nl="Een stap van een vrije plaats noemt wie hem zette.", en="A step of a vacancy names who took it."
    ),
    "offer_ends_after_it_is_made": Text(
        nl="Een aanbod loopt af nadat het gedaan is.", en="An offer ends after it was made."
    ),
    "offer_state_is_known": Text(
        nl="Deze toestand van een aanbod bestaat niet.", en="There is no such state of an offer."
    ),
    "offer_names_its_signer": Text(nl="Een aanbod noemt wie tekende.", en="An offer names who signed."),
    "offer_has_a_place_in_the_order": Text(
        nl="Een aanbod zegt op welke plaats in de volgorde iemand stond.",
        en="An offer says at which place in the order somebody stood.",
    ),
    "accepted_offer_has_an_arrival": Text(
        nl="Wie een plaats aanvaardt, zegt op welke dag hij of zij komt.",
        en="Who accepts a place says on which day they come.",
    ),
    "one_live_offer_per_entry": Text(
        nl="Voor deze inschrijving loopt al een aanbod.", en="An offer is running for this entry already."
    ),
    "offered_place_once": Text(
        nl="Een inschrijving staat één keer in een aanbod.", en="An entry stands in an offer once."
    ),
    "offer_step_once": Text(
        nl="Iemand anders nam dit antwoord net voor u op: kijk eerst wat er nu staat.",
        en="Somebody else recorded this answer just before you: look at what it says now first.",
    ),
    "offer_step_names_somebody": Text(
        nl="Een stap van een aanbod noemt wie hem zette.", en="A step of an offer names who took it."
    ),
    "decline_has_a_reason": Text(
        nl="Een aanbod eindigt niet zonder reden.", en="An offer does not end without a reason."
    ),
    "passed_over_once": Text(
        nl="Wie voorbijgegaan wordt, staat één keer bij een aanbod.",
        en="Who is passed over stands with an offer once.",
    ),
    "passing_over_has_a_reason": Text(
        nl="Wie iemand voorbijgaat, zegt waarom.", en="Who passes somebody over says why."
    ),
    "passing_over_names_somebody": Text(
        nl="Wie iemand voorbijgaat, staat er met naam bij.", en="Who passes somebody over is named."
    ),
}
