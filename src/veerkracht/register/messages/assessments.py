"""Rules of assessments."""

from veerkracht.rulebook.types import Text

ASSESSMENTS: dict[str, Text] = {
    "assessment_once_a_day": Text(
        nl="Van die dag is er al een inschaling met dit instrument: verbeter die.",
        en="There is an assessment of that day by this instrument already: correct that one.",
    ),
    "assessment_holds_after_it_was_made": Text(
        nl="Een inschaling geldt na de dag waarop ze gemaakt is.",
        en="An assessment holds after the day on which it was made.",
    ),
    "assessment_correction_has_a_reason": Text(
        nl="Wie een inschaling verbetert of intrekt, zegt waarom.",
        en="Who corrects or withdraws an assessment says why.",
    ),
    "assessment_has_a_version": Text(
        nl="Een inschaling zegt met welke versie ze gemaakt is.",
        en="An assessment says with which version it was made.",
    ),
    "assessment_names_its_author": Text(
        nl="Een inschaling noemt wie haar maakte.", en="An assessment names who made it."
    ),
    "assessment_names_somebody": Text(
        nl="Een inschaling noemt wie haar opnam.", en="An assessment names who recorded it."
    ),
}
