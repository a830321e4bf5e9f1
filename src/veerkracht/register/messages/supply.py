"""Rules of services, their places and what was recognised and awarded."""

from veerkracht.rulebook.types import Text

SUPPLY: dict[str, Text] = {
    "location_name_once": Text(
        nl="Deze organisatie heeft al een locatie met die naam.",
        en="This organisation has a location of that name already.",
    ),
    "secret_location_has_no_open_address": Text(
        nl="Een geheim adres wordt alleen verzegeld bewaard.",
        en="A secret address is kept sealed only.",
    ),
    "unit_sleeps_somebody": Text(
        nl="Een plaats is voor minstens één persoon.", en="A place is for at least one person."
    ),
    "hold_is_of_a_bed": Text(
        nl="De bedden van een plaats tellen vanaf één.", en="The beds of a place count from one."
    ),
    "one_lasting_closure_per_unit": Text(
        nl="Deze plaats is al gesloten.", en="This place is closed already."
    ),
    "closure_does_not_end_before_it_starts": Text(
        nl="Een plaats gaat niet open voor ze sloot.", en="A place does not open before it closed."
    ),
    "closure_has_a_reason": Text(nl="Wie een plaats sluit, zegt waarom.", en="Who closes a place says why."),
    "closure_names_somebody": Text(
        nl="Een sluiting noemt wie ze opnam.", en="A closure names who recorded it."
    ),
    "recognition_is_at_most_all": Text(
        nl="Er zijn niet meer plaatsen met bijkomende erkenning dan erkende plaatsen.",
        en="There are no more places with extra recognition than recognised places.",
    ),
    "recognition_has_a_source": Text(
        nl="Een erkenning zegt waar ze vandaan komt.", en="A recognition says where it comes from."
    ),
    "recognition_names_somebody": Text(
        nl="Een erkenning noemt wie ze opnam.", en="A recognition names who recorded it."
    ),
    "award_is_of_places": Text(
        nl="Een toekenning gaat over minstens één plaats.", en="An award is of at least one place."
    ),
    "award_is_used_once": Text(
        nl="Er blijven niet zoveel plaatsen over van deze toekenning.",
        en="Not that many places are left of this award.",
    ),
    "award_is_never_brought_forward": Text(
        nl="Een uitgestelde periode begint niet vroeger dan de toegekende.",
        en="A postponed period does not begin before the one awarded.",
    ),
    "award_has_a_source": Text(
        nl="Een toekenning zegt waar ze vandaan komt.", en="An award says where it comes from."
    ),
    "award_step_is_of_places": Text(
        nl="Een stap van een toekenning gaat over minstens één plaats.",
        en="A step of an award is of at least one place.",
    ),
    "award_step_has_its_period": Text(
        nl="Alleen een toekenning en een uitstel hebben een periode.",
        en="Only an award and a postponement have a period.",
    ),
    "award_step_names_somebody": Text(
        nl="Een stap van een toekenning noemt wie hem zette.", en="A step of an award names who made it."
    ),
}
