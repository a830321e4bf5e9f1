"""What is read of the lists of homes."""

from .columns import columns, columns_of
from .ranking import Ranked, ranked
from .standing import AtHome, Standing, where_we_stand

__all__ = ["AtHome", "Ranked", "Standing", "columns", "columns_of", "ranked", "where_we_stand"]
