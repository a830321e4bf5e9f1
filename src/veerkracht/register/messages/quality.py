"""Rules of quality indicators and improvements."""

from veerkracht.rulebook.types import Text

QUALITY: dict[str, Text] = {
    "value_version_once": Text(
        nl="Iemand anders gaf deze waarde net voor u op: kijk eerst wat er nu staat.",
        en="Somebody else gave this value just before you: look at what it says now first.",
    ),
    "value_version_of_a_service_once": Text(
        nl="Iemand anders gaf deze waarde van de dienst net voor u op: kijk eerst wat er nu staat.",
        en="Somebody else gave this value of the service just before you: look at what it says now first.",
    ),
    "value_period_ends_after_it_starts": Text(
        nl="Een periode eindigt niet voor ze begint.", en="A period does not end before it starts."
    ),
    "numerator_is_not_negative": Text(nl="Een teller is niet negatief.", en="A numerator is not negative."),
    "denominator_is_positive": Text(nl="Een noemer is meer dan nul.", en="A denominator is more than zero."),
    "spread_is_not_negative": Text(
        nl="Een standaardafwijking is niet negatief.", en="A standard deviation is not negative."
    ),
    "correction_has_a_reason": Text(
        nl="Wie een waarde verbetert of intrekt, zegt waarom.",
        en="Who corrects or withdraws a value says why.",
    ),
    "value_names_somebody": Text(nl="Een waarde noemt wie haar opgaf.", en="A value names who reported it."),
    "value_has_a_source": Text(
        nl="Een waarde zegt waar ze vandaan komt.", en="A value says where it comes from."
    ),
    "improvement_does_not_end_before_it_starts": Text(
        nl="Een verbetering eindigt niet voor ze begint.",
        en="An improvement does not end before it starts.",
    ),
    "improvement_says_what": Text(
        nl="Een verbetering zegt wat er gebeurt.", en="An improvement says what is done."
    ),
    "improvement_names_somebody": Text(
        nl="Een verbetering noemt wie haar opgaf.", en="An improvement names who recorded it."
    ),
    "improvement_indicator_once": Text(
        nl="Deze indicator staat al bij deze verbetering.",
        en="This indicator is at this improvement already.",
    ),
    "signal_does_not_end_before_it_starts": Text(
        nl="Toezicht eindigt niet voor het begint.", en="Supervision does not end before it starts."
    ),
    "signal_counts_something": Text(
        nl="Wat genoteerd wordt, is er minstens één.", en="What is noted is at least one."
    ),
    "signal_founded_at_most_all": Text(
        nl="Er zijn niet meer gegronde klachten dan klachten.",
        en="There are no more founded complaints than complaints.",
    ),
    "signal_correction_has_a_reason": Text(
        nl="Wie een klacht of toezicht verbetert of intrekt, zegt waarom.",
        en="Who corrects or withdraws a complaint or supervision says why.",
    ),
    "signal_has_a_source": Text(
        nl="Een klacht of toezicht zegt waar het vandaan komt.",
        en="A complaint or supervision says where it comes from.",
    ),
    "signal_names_somebody": Text(
        nl="Een klacht of toezicht noemt wie het noteerde.",
        en="A complaint or supervision names who noted it.",
    ),
}
