"""The population in the coming years: `project(region, start, years, draws)`, and what a `Projection` can be asked."""

from veerkracht.forecast.population.making import project
from veerkracht.forecast.population.model import Projection

__all__ = ["Projection", "project"]
