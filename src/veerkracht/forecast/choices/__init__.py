"""Four questions about choices, each answered by playing the years: what moves an outcome, why it differs, how to split
money, and what it takes to reach a target."""

from veerkracht.forecast.choices.optimise import Ask, Optimum, optimise
from veerkracht.forecast.choices.reach import Reach, reach
from veerkracht.forecast.choices.saving import plan_file
from veerkracht.forecast.choices.sensitivity import tornado
from veerkracht.forecast.choices.setting import Setting
from veerkracht.forecast.choices.targets import Question, Target, read_target
from veerkracht.forecast.choices.waterfall import Waterfall, waterfall

__all__ = [
    "Ask",
    "Optimum",
    "Question",
    "Reach",
    "Setting",
    "Target",
    "Waterfall",
    "optimise",
    "plan_file",
    "reach",
    "read_target",
    "tornado",
    "waterfall",
]
