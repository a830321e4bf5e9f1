"""How amounts are said, and what is said when money isn't there."""

from veerkracht.rulebook.types import Text

_SWAPPED = str.maketrans(",.", ".,")


def euro(cents: int) -> Text:
    """An amount to the cent: 1.234,50 in Dutch, 1,234.50 in English."""
    whole, rest = divmod(abs(cents), 100)
    amount = f"{'-' if cents < 0 else ''}{whole:,}.{rest:02d}"
    return Text(amount.translate(_SWAPPED), amount)


NO_VAK = Text(
    "Lijn {line} heeft voor {year} nog {there} euro vrij om vast te leggen (VAK); gevraagd: {asked} euro.",
    "Line {line} has {there} euro left to commit for {year} (VAK); asked: {asked} euro.",
)
NO_VEK = Text(
    "Lijn {line} heeft voor {year} nog {there} euro vrij om te betalen (VEK); gevraagd: {asked} euro.",
    "Line {line} has {there} euro left to pay for {year} (VEK); asked: {asked} euro.",
)
NOT_THERE = Text(
    "Op rekening “{account}” van lijn {line} voor {year} staat {there} euro; gevraagd: {asked} euro.",
    "Account “{account}” of line {line} for {year} holds {there} euro; asked: {asked} euro.",
)
ON_ANY_DAY = Text(
    "{why} Geteld op de dag sinds {on} waarop er het minst is.",
    "{why} Counted on the day since {on} on which there is least.",
)
BEYOND_OPEN = Text(
    "Van vastlegging {number} staat nog {there} euro open; gevraagd: {asked} euro.",
    "Of commitment {number} {there} euro is still open; asked: {asked} euro.",
)
BEFORE_COMMITMENT = Text(
    "Vastlegging {number} is van {day}: er wordt niets betaald of geboekt op {on}.",
    "Commitment {number} is of {day}: nothing is paid or booked on {on}.",
)
OF_LATER_YEAR = Text(
    "Vastlegging {number} is van {of}: ze wordt niet betaald uit begrotingsjaar {year}.",
    "Commitment {number} is of {of}: it is not paid from budget year {year}.",
)
YEAR_NOT_OPEN = Text(
    "Begrotingsjaar {year} is niet open. Eerst moet het geopend worden.",
    "Budget year {year} is not open. It has to be opened first.",
)
YEAR_CLOSED = Text(
    "Begrotingsjaar {year} is gesloten: er wordt niets meer op geboekt.",
    "Budget year {year} is closed: nothing is posted on it any more.",
)
NO_CREDIT = Text(
    "Voor lijn {line} is in {year} geen krediet gestemd.",
    "No credit was voted for line {line} in {year}.",
)
