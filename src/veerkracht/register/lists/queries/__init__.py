"""What is read of the lists of homes."""

from .columns import columns, columns_of
from .of_home import HomeList, of_home
from .ranking import Ranked, ranked
from .standing import AtHome, Standing, where_we_stand

__all__ = [
    "AtHome",
    "HomeList",
    "Ranked",
    "Standing",
    "columns",
    "columns_of",
    "of_home",
    "ranked",
    "where_we_stand",
]
