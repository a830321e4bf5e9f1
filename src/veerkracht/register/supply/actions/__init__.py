"""What is done with places: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.supply.actions.holds import confirm_hold, hold_place, lapse_holds, release_hold
from veerkracht.register.supply.actions.services import (
    add_service,
    add_unit,
    close_unit,
    confirm_places,
    recognise_places,
)

__all__ = [
    "add_service",
    "add_unit",
    "close_unit",
    "confirm_hold",
    "confirm_places",
    "hold_place",
    "lapse_holds",
    "recognise_places",
    "release_hold",
]
