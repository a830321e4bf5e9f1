"""Rules of paying: enterprise numbers, bank accounts, orders, payments and what the bank says."""

from veerkracht.rulebook.types import Text

PAYMENTS: dict[str, Text] = {
    "enterprise_number_once": Text(
        nl="Er is al een organisatie met dit ondernemingsnummer.",
        en="There is an organisation with this enterprise number already.",
    ),
    "enterprise_number_is_not_empty": Text(
        nl="Een ondernemingsnummer is gekend of ontbreekt, maar is niet leeg.",
        en="An enterprise number is known or missing, but not empty.",
    ),
}
