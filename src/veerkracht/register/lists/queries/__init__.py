"""What is read of the lists of homes."""

from .columns import columns
from .ranking import Ranked, ranked

__all__ = ["Ranked", "columns", "ranked"]
