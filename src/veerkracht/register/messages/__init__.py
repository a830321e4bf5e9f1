"""What is said to a person when a rule of the database would be broken, by the rule's name."""

from .care import CARE
from .people import PEOPLE

MESSAGES = {**PEOPLE, **CARE}
