"""The charts of care intensity: where care is heavy, and how the backlog grew."""

from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.intensity.queries import ZONE, Area, Overview, Past
from veerkracht.register.people import areas
from veerkracht.web import charts, words
from veerkracht.web.views.today_charts import A_CITY, areas_source, hexagon_places, register_source


def heavy_map(found: Overview) -> charts.Chart:
    """One hexagon a municipality, with the share of its primary-care zone: of a single home it would tell too much."""
    places = hexagon_places(region.current().areas)
    zones = {one.code: one for one in found.by_level[ZONE]}
    rows = areas.table().select("code", "name", "zone", "zone_name", "inhabitants").iter_rows()
    drawn = [
        charts.Hexagon(
            code=code,
            name=f"{name} ({zone_name})",
            column=places[code][0],
            row=places[code][1],
            value=_share(zones.get(zone)),
            count=_heavy(zones.get(zone)),
            label=name if inhabitants >= A_CITY else "",
        )
        for code, name, zone, zone_name, inhabitants in rows
        if code in places
    ]
    return charts.hexmap(
        id="heavy-by-zone",
        title=_("Where care is heavy"),
        words=_(
            "Residents with heavy care per 100 measured residents, by primary-care zone. The table has all."
        ),
        areas=drawn,
        value_label=_("per 100 measured residents"),
        count_label=_("Residents with heavy care"),
        area_label=_("Municipality"),
        note=_(
            "Each hexagon is a municipality, coloured as its primary-care zone. Empty: no home, or too few to tell."
        ),
        width=720,
        sources=[register_source(), *areas_source()],
    )


def backlog(past: Past) -> charts.Chart:
    """The backlog as it follows from figures, with its range, and what was published of it."""
    days = past.days
    said = [(one.on, one.published) for one in days if one.published is not None]
    series = [
        charts.Line(
            _("As it follows from figures"),
            [(one.on, one.without_norm.value) for one in days],
            kind="dots",
            colour=0,
        ),
        charts.Line(
            _("Lower end"), [(one.on, one.without_norm.low) for one in days], colour=3, in_legend=False
        ),
        charts.Line(
            _("Upper end"), [(one.on, one.without_norm.high) for one in days], colour=3, in_legend=False
        ),
    ]
    if said:
        series.append(charts.Line(_("Published"), said, kind="points"))
    first, last = days[0], days[-1]
    return charts.lines(
        id="backlog",
        title=_("Residents with heavy care who were not financed at the norm"),
        words=_("%(first)s on %(begin)s; %(last)s on %(end)s.")
        % {
            "first": words.number(first.without_norm.value),
            "begin": words.day(first.on),
            "last": words.number(last.without_norm.value),
            "end": words.day(last.on),
        },
        series=series,
        sources=_sources(past),
    )


def _share(area: Area | None) -> float | None:
    if area is None or area.is_hidden or area.found.heavy_share is None:
        return None
    return area.found.heavy_share * 100


def _heavy(area: Area | None) -> int:
    return 0 if area is None or area.is_hidden else area.found.heavy


def _sources(past: Past) -> list[charts.SourceLine]:
    asked = past.asked
    names = [*asked.places, asked.occupancy, asked.heavy_share, asked.at_norm, asked.published]
    pairs = {}
    for name in filter(None, names):
        found = region.current().figures.series(name).select("source_title", "source_url")
        pairs |= {title: url or "" for title, url in found.iter_rows()}
    return [charts.SourceLine(title, url) for title, url in pairs.items()]
