"""What is said to a person when a rule of the database would be broken, by the rule's name."""

from .care import CARE
from .money import MONEY
from .payments import PAYMENTS
from .people import PEOPLE
from .quality import QUALITY
from .results import RESULTS
from .staff import STAFF

MESSAGES = {**PEOPLE, **CARE, **MONEY, **PAYMENTS, **STAFF, **QUALITY, **RESULTS}
