"""Crisis shelters: places without a list, searches that overflow from zone to zone, and those that find no place."""

from veerkracht.forecast.losses.drawn import Known
from veerkracht.forecast.losses.erlang import erlang_b, kaufman_roberts
from veerkracht.forecast.losses.exact import Exact, exact
from veerkracht.forecast.losses.more_places import Asked, MorePlaces, more_places, shelters_of
from veerkracht.forecast.losses.network import LossNetwork, Lost, Searches, Zone, played

__all__ = [
    "Asked",
    "Exact",
    "Known",
    "LossNetwork",
    "Lost",
    "MorePlaces",
    "Searches",
    "Zone",
    "erlang_b",
    "exact",
    "kaufman_roberts",
    "more_places",
    "played",
    "shelters_of",
]
