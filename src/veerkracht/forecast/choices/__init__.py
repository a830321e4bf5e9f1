"""Four questions about choices, each answered by playing the years: what moves an outcome, why it differs, how to split
money, and what it takes to reach a target."""

from veerkracht.forecast.choices.sensitivity import tornado
from veerkracht.forecast.choices.setting import Setting
from veerkracht.forecast.choices.waterfall import Waterfall, waterfall

__all__ = ["Setting", "Waterfall", "tornado", "waterfall"]
