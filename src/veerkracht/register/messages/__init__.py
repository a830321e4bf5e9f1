"""What is said to a person when a rule of the database would be broken, by the rule's name."""

from .care import CARE
from .crisis import CRISIS
from .lists import LISTS
from .money import MONEY
from .payments import PAYMENTS
from .people import PEOPLE
from .quality import QUALITY
from .results import RESULTS
from .staff import STAFF
from .supply import SUPPLY

MESSAGES = {**PEOPLE, **CARE, **CRISIS, **LISTS, **MONEY, **PAYMENTS, **STAFF, **SUPPLY, **QUALITY, **RESULTS}
