"""Rules of budget lines, their credits, commitments, years and books."""

from veerkracht.rulebook.types import Text

MONEY: dict[str, Text] = {
    "line_code_once": Text(
        nl="Er is al een lijn met deze code.", en="There is a line with this code already."
    ),
    "one_line_hands_out_for_a_programme": Text(
        nl="Een andere lijn betaalt al wat de rondes van deze zorgvorm toekennen.",
        en="Another line already pays for what the rounds of this programme grant.",
    ),
    "line_that_hands_out_has_a_programme": Text(
        nl="Een lijn die rondes betaalt, noemt haar zorgvorm.",
        en="A line that pays for rounds names its programme.",
    ),
    "budget_year_once": Text(nl="Dit begrotingsjaar is er al.", en="This budget year is there already."),
    "budget_year_closes_after_it_opened": Text(
        nl="Een begrotingsjaar sluit nadat het geopend is.", en="A budget year closes after it opened."
    ),
    "line_credit_version_once": Text(
        nl="Iemand anders nam net ook een krediet op voor deze lijn. Kijk eerst wat er nu staat.",
        en="Somebody else has just recorded a credit for this line too. Look at what it says now first.",
    ),
    "line_credit_initial_once": Text(
        nl="Deze lijn heeft voor dit jaar al een initiële begroting. Neem het verschil op als aanpassing.",
        en="This line has an initial budget for this year already. Record the difference as a revision.",
    ),
    "line_credit_corrected_once": Text(
        nl="Dit krediet is al rechtgezet.", en="This credit has been corrected already."
    ),
    "line_credit_changes_something": Text(
        nl="Een krediet verandert de vastleggingen of de betalingen.",
        en="A credit changes commitments or payments.",
    ),
    "line_credit_has_a_source": Text(
        nl="Een krediet zegt in welke beslissing het staat.", en="A credit says in which decision it stands."
    ),
    "commitment_number_once": Text(
        nl="Er is al een vastlegging met dit nummer.", en="There is a commitment with this number already."
    ),
    "one_commitment_a_round_and_year": Text(
        nl="Deze ronde is op deze lijn al vastgelegd.", en="This round is committed on this line already."
    ),
    "commitment_renewed_once_a_year": Text(
        nl="Deze vastlegging weegt al op dat jaar.", en="This commitment weighs on that year already."
    ),
    "commitment_is_positive": Text(
        nl="Een vastlegging is meer dan nul euro.", en="A commitment is more than zero euro."
    ),
    "commitment_weighs_nothing_or_more": Text(
        nl="Wat op latere jaren weegt, ligt niet onder nul.",
        en="What weighs on later years is not below zero.",
    ),
    "commitment_does_not_end_before_it_starts": Text(
        nl="Een vastlegging eindigt niet voor ze begint.", en="A commitment does not end before it starts."
    ),
    "commitment_is_not_paid_beyond_its_amount": Text(
        nl="Op een vastlegging wordt niet meer betaald dan ze bedraagt.",
        en="No more is paid on a commitment than it amounts to.",
    ),
    "commitment_amounts_never_below_zero": Text(
        nl="Er wordt niet meer teruggevorderd dan betaald is.",
        en="No more is recovered than was paid.",
    ),
    "line_account_once": Text(
        nl="Deze lijn heeft die rekening al voor dit jaar.",
        en="This line has that account for this year already.",
    ),
    "account_is_of_a_programme_or_a_line": Text(
        nl="Een rekening is van een zorgvorm of van een lijn in een jaar.",
        en="An account is of a programme or of a line in a year.",
    ),
    "line_never_committed_beyond_its_vak": Text(
        nl="Een lijn wordt nooit boven haar vastleggingskrediet (VAK) vastgelegd.",
        en="A line is never committed beyond its commitment credit (VAK).",
    ),
    "line_never_paid_beyond_its_vek": Text(
        nl="Op een lijn wordt nooit meer betaald dan haar vereffeningskrediet (VEK).",
        en="A line never pays beyond its payment credit (VEK).",
    ),
    "line_account_never_below_zero": Text(
        nl="Op deze rekening van de lijn staat niet zoveel.",
        en="This account of the line holds not that much.",
    ),
    "day_balance_once": Text(
        nl="Het saldo van die dag is al bijgehouden.", en="The balance of that day is kept already."
    ),
    "entry_is_of_a_programme_or_a_line": Text(
        nl="Een boeking is van een zorgvorm of van een lijn in een jaar.",
        en="An entry is of a programme or of a line in a year.",
    ),
    "entry_corrected_once": Text(
        nl="Deze boeking is al rechtgezet.", en="This entry has been corrected already."
    ),
}
