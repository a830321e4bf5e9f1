"""What is said to a person when a rule of the database would be broken, by the rule's name."""

from .care import CARE
from .payments import PAYMENTS
from .people import PEOPLE
from .results import RESULTS
from .staff import STAFF

MESSAGES = {**PEOPLE, **CARE, **PAYMENTS, **STAFF, **RESULTS}
