"""Rules of the crisis desk."""

from veerkracht.rulebook.types import Text

CRISIS: dict[str, Text] = {
    "shift_ends_after_it_starts": Text(
        nl="Een dienst eindigt na haar begin.", en="A shift ends after it starts."
    ),
    "shift_is_not_ended_before_it_starts": Text(
        nl="Een dienst wordt niet beëindigd voor ze begint.", en="A shift is not ended before it starts."
    ),
    "one_open_shift_per_worker": Text(
        nl="U heeft al een dienst: beëindig die eerst.", en="You are on a shift already: end that first."
    ),
    "call_kept_once": Text(nl="Deze oproep staat er al.", en="This call is there already."),
    "call_names_its_worker": Text(nl="Een oproep noemt wie ze opnam.", en="A call names who took it."),
    "call_recorded_after_it_came": Text(
        nl="Een oproep wordt niet genoteerd voor ze kwam.", en="A call is not recorded before it came."
    ),
    "known_person_once_a_call": Text(
        nl="Deze persoon staat al bij deze oproep.", en="This person is at this call already."
    ),
    "one_place_per_known_person": Text(
        nl="Voor dit gezin wordt al een plaats vastgehouden, of het heeft er een: kijk eerst na of dit hetzelfde "
        "gezin is.",
        en="A place is held for this family already, or it has one: check first whether this is the same family.",
    ),
    "known_person_is_sealed": Text(
        nl="Wie gekend is, staat verzegeld bij een oproep.", en="Who is known stands sealed at a call."
    ),
    "known_person_has_a_role": Text(
        nl="Wie gekend is, is een volwassene of een kind.", en="Who is known is an adult or a child."
    ),
    "consult_names_its_worker": Text(nl="Een advies noemt wie het gaf.", en="Advice names who gave it."),
    "call_back_is_sealed": Text(
        nl="Waarop iemand terugbellen mag, staat verzegeld.", en="How somebody is called back stands sealed."
    ),
    "call_back_done_by_somebody": Text(
        nl="Wie terugbelde, zegt wanneer en wat het gaf.",
        en="Who called back says when and what came of it.",
    ),
    "search_kept_once": Text(nl="Deze zoektocht staat er al.", en="This search is there already."),
    "search_is_for_somebody": Text(
        nl="Een zoektocht is voor minstens één persoon.", en="A search is for at least one person."
    ),
    "search_is_for_a_night": Text(
        nl="Een zoektocht is voor minstens één nacht.", en="A search is for at least one night."
    ),
    "search_state_is_known": Text(
        nl="Een zoektocht loopt, heeft een plaats vast, vond er een of geen, of is gestopt.",
        en="A search is open, holds a place, found one or none, or has ended.",
    ),
    "search_names_its_worker": Text(
        nl="Een zoektocht noemt wie ze begon.", en="A search names who began it."
    ),
    "search_changes_after_it_is_made": Text(
        nl="Een zoektocht verandert niet voor ze begint.", en="A search does not change before it begins."
    ),
    "search_step_once": Text(
        nl="Iemand anders deed net iets aan deze zoektocht: kijk eerst wat er nu staat.",
        en="Somebody else just did something to this search: look at what it says now first.",
    ),
    "search_step_names_somebody": Text(nl="Een stap noemt wie hem zette.", en="A step names who took it."),
    "asked_place_is_named": Text(
        nl="Wat aan een dienst gevraagd wordt, noemt die dienst.", en="What is asked of a service names it."
    ),
    "refusal_has_a_reason": Text(nl="Een weigering heeft een reden.", en="A refusal has a reason."),
    "none_found_says_why": Text(
        nl="Geen plaats gevonden: zeg waarom niet.", en="No place found: say why not."
    ),
    "none_found_says_what_instead": Text(
        nl="Geen plaats gevonden: zeg wat er in de plaats kwam.",
        en="No place found: say what was done instead.",
    ),
    "none_found_names_somebody": Text(
        nl="Dat er geen plaats was, noemt wie dat opnam.", en="That there was no place names who recorded it."
    ),
    "shelter_ages_in_order": Text(
        nl="De hoogste leeftijd is niet lager dan de laagste.",
        en="The highest age is not below the lowest.",
    ),
    "shelter_told_by_somebody": Text(
        nl="Wat een dienst over zichzelf zegt, noemt wie het zei.",
        en="What a service says of itself names who said it.",
    ),
}
