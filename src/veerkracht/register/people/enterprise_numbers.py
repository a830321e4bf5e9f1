"""Numbers of organisations in the register of enterprises: checked by the region's schemes, and public."""

from veerkracht import region
from veerkracht.region.number_schemes import checked
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

FIELD = "enterprise_number"


def normal(text: str) -> str:
    """A number as it is kept, without signs. Raises `Invalid` when its check digits are wrong, or the region has no
    such numbers.
    """
    schemes = region.current().enterprise_numbers
    number = checked(schemes, text)
    if number is None:
        kinds = ", ".join(schemes)
        raise Invalid(
            Text(
                nl=f"“{text}” is geen geldig ondernemingsnummer: verwacht wordt een nummer met juiste "
                f"controlecijfers ({kinds or 'deze regio gebruikt er geen'}).",
                en=f"“{text}” is no valid enterprise number: expected is a number with right check digits "
                f"({kinds or 'this region uses none'}).",
            ),
            FIELD,
        )
    return number
