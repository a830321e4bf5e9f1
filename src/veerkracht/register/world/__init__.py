"""A demo world of invented people that shows the published figures exactly."""

from veerkracht.register.world.building import SEED, World, build

__all__ = ["SEED", "World", "build"]
