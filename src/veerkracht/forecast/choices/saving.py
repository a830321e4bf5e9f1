"""A plan that was found here as the text of a plan file, which `plan check` and every other command read."""

from dataclasses import replace

from veerkracht.region import Plan
from veerkracht.region.plan_writing import plan_to_toml


def plan_file(plan: Plan) -> str:
    """The text of a plan file with a plan of extra money.

    Its measures are named after it, so that another such plan can build on it.
    """
    named = (replace(measure, id=f"{plan.id}-{measure.id}") for measure in plan.measures)
    return plan_to_toml(replace(plan, measures=tuple(named)))
