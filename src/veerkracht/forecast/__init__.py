"""Plays the coming years with the rules of the day: same order, same handing out, uncertain inputs drawn per run.

`run` gives a `Forecast`; `compare` two of them, run by run.
"""

from veerkracht.forecast.difference import Difference, compare
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.rounds.making import run
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.rounds.start import Start, start_from_figures
from veerkracht.forecast.spread import QUANTILES

__all__ = [
    "QUANTILES",
    "Difference",
    "Experiment",
    "Forecast",
    "ForecastFault",
    "Start",
    "compare",
    "run",
    "start_from_figures",
]
