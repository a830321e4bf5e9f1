"""What there is of places: services and their units, who holds or has one, and what was recognised and awarded."""

from .growth import Award, AwardStep, Recognition
from .holds import LIVE_HOLDS, Hold, HoldStep, Stay
from .services import Location, Service, Staffing, Unit, UnitClosure

__all__ = [
    "LIVE_HOLDS",
    "Award",
    "AwardStep",
    "Hold",
    "HoldStep",
    "Location",
    "Recognition",
    "Service",
    "Staffing",
    "Stay",
    "Unit",
    "UnitClosure",
]
