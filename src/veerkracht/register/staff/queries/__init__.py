"""What pages, files and the forecast read of staff."""

from .columns import columns
from .overview import Overview, overview

__all__ = ["Overview", "columns", "overview"]
