"""Makes a forecast of programmes with places and teams."""

from concurrent.futures import Executor
from datetime import date

from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.many import Progress
from veerkracht.forecast.services.result import ServicesForecast
from veerkracht.region import Region
from veerkracht.rulebook.types import Programme


def can_be_played(region: Region, programme: Programme) -> bool:
    """Whether the region says of a programme with places or teams what a forecast needs."""
    return False


def run(
    region: Region,
    programmes: tuple[Programme, ...],
    plan_id: str,
    start: date,
    years: int = 10,
    runs: int = 200,
    seed: int = 1,
    workers: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
    draws: Draws | None = None,
) -> ServicesForecast:
    """Play programmes with places and teams together from the evening of `start`."""
    raise ForecastFault("No programme with places or teams can be played yet.")
