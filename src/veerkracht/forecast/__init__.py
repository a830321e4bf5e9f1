"""Plays the coming years with the rules of the day: same order, same handing out, uncertain inputs drawn per run.

`run` gives a `Forecast`; `compare` two of them, run by run.
"""

from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.making import compare, run
from veerkracht.forecast.result import QUANTILES, Difference, Forecast
from veerkracht.forecast.start import Start, start_from_figures

__all__ = [
    "QUANTILES",
    "Difference",
    "Forecast",
    "ForecastFault",
    "Start",
    "compare",
    "run",
    "start_from_figures",
]
