"""A plan as it is played: the rules it changes, and what it costs."""

from veerkracht.forecast.plans.under import plan_from_file, plan_named, programme_under

__all__ = ["plan_from_file", "plan_named", "programme_under"]
