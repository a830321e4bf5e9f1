"""What is said to a person when a rule of the database would be broken, by the rule's name."""

from .assessments import ASSESSMENTS
from .care import CARE
from .crisis import CRISIS
from .lists import LISTS
from .money import MONEY
from .offers import OFFERS
from .payments import PAYMENTS
from .people import PEOPLE
from .quality import QUALITY
from .residence import RESIDENCE
from .results import RESULTS
from .shelter import SHELTER
from .staff import STAFF
from .supply import SUPPLY

MESSAGES = {
    **ASSESSMENTS,
    **PEOPLE,
    **CARE,
    **CRISIS,
    **LISTS,
    **MONEY,
    **OFFERS,
    **PAYMENTS,
    **SHELTER,
    **STAFF,
    **SUPPLY,
    **QUALITY,
    **RESIDENCE,
    **RESULTS,
}
