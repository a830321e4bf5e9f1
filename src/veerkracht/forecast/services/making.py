"""Makes a forecast of programmes with places and teams: what is drawn, the runs, the series."""

from datetime import date

from veerkracht.forecast.calendar import Calendar, check_begin, check_years
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import USUAL, Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.many import check_size, interrupted
from veerkracht.forecast.plans import programme_under
from veerkracht.forecast.population import Projection, project
from veerkracht.forecast.services import model
from veerkracht.forecast.services.result import ServicesForecast
from veerkracht.forecast.services.runs import play_all
from veerkracht.forecast.services.series import series_of
from veerkracht.forecast.services.service import Service, Setting, service_of
from veerkracht.forecast.services.without_norm import without_norm
from veerkracht.forecast.staff.model import StaffModel
from veerkracht.forecast.staff.model import build as build_staff
from veerkracht.region import Region
from veerkracht.region.plans_together import measures
from veerkracht.rulebook.types import Programme, Text

_FILES = Text(
    "{programme}, groeikalender: die van de bestanden van de regio.",
    "{programme}, growth calendar: that of the region's files.",
)
_NONE = Text("Er is geen programma om vooruit te kijken.", "There is no programme to forecast.")


def can_be_played(region: Region, programme: Programme) -> bool:
    """Whether the region says of a programme with places or teams what a forecast needs."""
    return programme.handout == "vacancy" and programme.id in region.supplies


def run(
    region: Region,
    programmes: tuple[Programme, ...],
    plan_id: str,
    start: date,
    how: Experiment = USUAL,
) -> ServicesForecast:
    """Play programmes with places and teams together from the evening of `start`, by the published figures of that day
    or the nearest before.

    Interrupted, it gives the runs that are done. Raises `Fault` for what does not exist, and `ForecastFault` for what
    can't be played.
    """
    check_size(how.runs, how.workers)
    days = _calendar(programmes, start, how.years)
    drawn = how.drawn
    under = tuple(programme_under(region, plan_id, programme) for programme in programmes)
    setting = _setting(region, plan_id, days, drawn)
    services = tuple(service_of(setting, programme) for programme in under)
    played = model.build(services, days, setting.staff, how.runs)
    staff = tuple(setting.staff.of_run(run) for run in range(how.runs)) if setting.staff else ()
    raw = play_all(played.tables, played.of_run, how, staff)
    done = raw.by_class.shape[0]
    values = series_of(played, raw)
    values |= without_norm(region, setting.measures, values, days.records, drawn)
    if setting.staff is not None:
        values |= setting.staff.series(raw.staff, days.records)
    if setting.projection is not None:
        values |= {name: found[:done] for name, found in setting.projection.series(days.records).items()}
    return ServicesForecast(
        programmes=under,
        plan=region.plan(plan_id),
        start=start,
        end=days.end,
        runs=done,
        seed=how.seed,
        records=days.records,
        values=values,
        parameters=_parameters(services, setting.projection, setting.staff),
        measures=tuple(one for one in setting.measures if start < one.from_ <= days.end),
        rests_on=(
            *interrupted(done, how.runs),
            *(text for one in services for text in (*_told(one), *one.state.rests_on)),
        ),
    )


def _told(service: Service) -> tuple[Text, ...]:
    """What a register says in place of the files, or that the growth is as the files say."""
    if service.supply.told or not service.supply.growth:
        return service.supply.told
    return (_FILES.fill(programme=service.programme.name),)


def _calendar(programmes: tuple[Programme, ...], start: date, years: int) -> Calendar:
    if not programmes:
        raise ForecastFault(_NONE)
    check_years(years)
    for programme in programmes:
        check_begin(programme, start)
    return Calendar(start, years, ())


def _setting(region: Region, plan_id: str, days: Calendar, draws: Draws) -> Setting:
    of_plan = measures(region, plan_id)
    projection = project(region, days.start, days.years, draws) if region.population else None
    staff = build_staff(region, of_plan, days.start, days.years, draws)
    return Setting(region, of_plan, days.start, days.end, days.years, draws, projection, staff)


def _parameters(
    services: tuple[Service, ...], projection: Projection | None, staff: StaffModel | None
) -> tuple[Uncertain, ...]:
    """Every uncertain number that was read."""
    of_services = tuple(number for one in services for number in one.numbers.used)
    others = (projection.parameters if projection else ()), (staff.parameters if staff else ())
    return (*of_services, *others[0], *others[1])
