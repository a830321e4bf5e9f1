"""What pages, files and commands read of quality. Reads only; every function asks the gates first."""

from veerkracht.register.quality.queries.comparison import Comparison, Group, Point, comparison
from veerkracht.register.quality.queries.exports import exported
from veerkracht.register.quality.queries.of_measures import MeasureImprovement, of_measure
from veerkracht.register.quality.queries.organisations import OrganisationView, Series, organisation
from veerkracht.register.quality.queries.overview import Card, overview

__all__ = [
    "Card",
    "Comparison",
    "Group",
    "MeasureImprovement",
    "OrganisationView",
    "Point",
    "Series",
    "comparison",
    "exported",
    "of_measure",
    "organisation",
    "overview",
]
