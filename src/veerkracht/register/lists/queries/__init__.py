"""What is read of the lists of homes."""

from .choosing import Home, Homes, homes_to_choose
from .columns import columns, columns_of
from .of_entry import EntryView, entry_view
from .of_home import HomeList, of_home
from .ranking import Ranked, ranked
from .seeing import homes_that_see
from .standing import AtHome, Standing, where_we_stand
from .together import Company, TogetherView, marks_of, question, together_of

__all__ = [
    "AtHome",
    "Company",
    "EntryView",
    "Home",
    "HomeList",
    "Homes",
    "Ranked",
    "Standing",
    "TogetherView",
    "columns",
    "columns_of",
    "entry_view",
    "homes_that_see",
    "homes_to_choose",
    "marks_of",
    "of_home",
    "question",
    "ranked",
    "together_of",
    "where_we_stand",
]
