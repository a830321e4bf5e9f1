"""What is done with places: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.supply.actions.closures import close_unit, end_unit, reopen
from veerkracht.register.supply.actions.growth import NewAward, award, lapse, postpone, realise, recognise
from veerkracht.register.supply.actions.growth_importing import import_awards
from veerkracht.register.supply.actions.holds import (
    confirm_hold,
    confirm_together,
    hold_place,
    hold_together,
    lapse_holds,
    release_hold,
)
from veerkracht.register.supply.actions.importing import import_places
from veerkracht.register.supply.actions.services import (
    add_location,
    add_service,
    add_unit,
    confirm_places,
    place_service,
)

__all__ = [
    "NewAward",
    "add_location",
    "add_service",
    "add_unit",
    "award",
    "close_unit",
    "confirm_hold",
    "confirm_places",
    "confirm_together",
    "end_unit",
    "hold_place",
    "hold_together",
    "import_awards",
    "import_places",
    "lapse",
    "lapse_holds",
    "place_service",
    "postpone",
    "realise",
    "recognise",
    "release_hold",
    "reopen",
]
