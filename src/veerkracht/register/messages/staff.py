"""What is said of staff when a rule of the database would be broken."""

from veerkracht.rulebook.types import Text

_ONCE = Text(
    nl="Voor deze dag en dit beroep is er al een telling. Verbeter die, met de reden.",
    en="There is a count for this day and profession already. Correct that one, with the reason.",
)
_FLOW_ONCE = Text(
    nl="Voor deze periode en dit beroep staat er al wie kwam en ging. Verbeter dat, met de reden.",
    en="For this period and profession it says already who came and went. Correct that, with the reason.",
)
_WHY = Text(
    nl="Een verbetering zegt wat ze vervangt en waarom.", en="A correction says what it replaces and why."
)
_WHO = Text(
    nl="Een cijfer noemt wie het opgaf en zijn bron.", en="A figure names who reported it and its source."
)

STAFF = {
    "staffing_once_a_day": Text(
        nl="Van een dienst staat het personeel er één keer per dag en beroep.",
        en="The staff of a service stands there once a day and profession.",
    ),
    "staff_count_once_of_service": _ONCE,
    "staff_count_once_of_organisation": _ONCE,
    "staff_count_fte_within_persons": Text(
        nl="Er zijn niet meer voltijdse banen dan mensen.",
        en="There are no more full-time equivalents than persons.",
    ),
    "staff_count_ages_within_persons": Text(
        nl="De leeftijden tellen samen niet meer mensen dan er zijn.",
        en="The ages together hold no more persons than there are.",
    ),
    "staff_count_sick_is_a_share": Text(
        nl="Het deel dat ziek is, ligt tussen 0 en 1.", en="The share that is sick lies between 0 and 1."
    ),
    "staff_count_correction_says_why": _WHY,
    "staff_count_names_somebody": _WHO,
    "staff_flow_once_of_service": _FLOW_ONCE,
    "staff_flow_once_of_organisation": _FLOW_ONCE,
    "staff_flow_ends_after_it_starts": Text(
        nl="Een periode eindigt niet voor ze begint.", en="A period does not end before it starts."
    ),
    "staff_flow_correction_says_why": _WHY,
    "staff_flow_names_somebody": _WHO,
    "training_once_a_year": Text(
        nl="Voor dit schooljaar en dit beroep staat er al een cijfer. Verbeter dat, met de reden.",
        en="There is a figure for this school year and profession already. Correct that one, with the reason.",
    ),
    "training_correction_says_why": _WHY,
    "training_names_somebody": _WHO,
}
