"""The drawings of the pages about money."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.region.money import Envelope, Money
from veerkracht.register import clock
from veerkracht.register.money.queries import Totals
from veerkracht.register.spending.areas import AreaMoney, ByArea
from veerkracht.register.spending.flow import MoneyFlow, Stop
from veerkracht.register.spending.grants import AreaGrants
from veerkracht.register.spending.through_time import ThroughTime
from veerkracht.web import charts, words
from veerkracht.web.money_words import MONEY_KINDS, source_lines, stop_name
from veerkracht.web.views.today_charts import A_CITY, areas_source, hexagon_places

# Where a click on a bar leads.
_PAGES = {
    "envelope": "money-envelope",
    "decision": "money-envelope",
    "not-split": "money-envelope",
    "measure": "money-measure",
}


def flow_chart(flow: MoneyFlow, money: Money, year: int) -> charts.Chart:
    """From envelope to payment, of one kind of money."""
    names = {stop.id: _name(stop) for stop in flow.stops}
    nodes = [
        charts.Node(stop.id, names[stop.id], stop.column, stop.kind, _address(stop)) for stop in flow.stops
    ]
    booked = [str(year)] * 2 if flow.recurrent else [_("all years")] * 2
    columns = [
        _("Announced"),
        _("Decided"),
        _("Measures"),
        _("Committed, %(year)s") % {"year": booked[0]},
        _("Paid, %(year)s") % {"year": booked[1]},
    ]
    said = [
        _("%(source)s to %(target)s: %(amount)s.")
        % {"source": names[one.source], "target": names[one.target], "amount": words.money_short(one.cents)}
        for one in flow.ribbons
    ]
    return charts.flows(
        id="money-flow",
        title=str(MONEY_KINDS[flow.new_money, flow.recurrent]),
        words=" ".join(said),
        columns=columns,
        nodes=nodes,
        links=[charts.Flow(one.source, one.target, one.cents) for one in flow.ribbons],
        note=_flow_note(flow),
        sources=[*_sources(flow, money), books_source()],
    )


def _flow_note(flow: MoneyFlow) -> str:
    told = _("Columns are levels beside each other; they are never added. Each bar leads to its page.")
    if flow.recurrent:
        return f"{_('Amounts a year, at cruising speed.')} {told}"
    return f"{_('Amounts in all.')} {told}"


def _name(stop: Stop) -> str:
    name = words.said(stop.name)
    if stop.what == "not-split":
        return _("%(name)s: not published by measure") % {"name": name}
    if stop.what == "envelope" and stop.kind == "unknown":
        return _("%(name)s: amount unknown") % {"name": name}
    return name or stop_name(stop.what)


def _address(stop: Stop) -> str:
    page = _PAGES.get(stop.what)
    return reverse(page, args=[stop.id.split(":", 1)[1]]) if page else ""


def _sources(flow: MoneyFlow, money: Money) -> list[charts.SourceLine]:
    things = [
        (money.measures if stop.what == "measure" else money.envelopes)[stop.id.split(":", 1)[1]]
        for stop in flow.stops
        if stop.what in _PAGES
    ]
    latest = (money.amount_of(one) for one in things)
    return source_lines(one.source for one in latest if one)


def books_source() -> charts.SourceLine:
    """Where what is committed and paid comes from."""
    if clock.demo_day():
        return charts.SourceLine(_("the books of this demo (commitments and payments are invented)"))
    return charts.SourceLine(_("the books of this register, %(day)s") % {"day": words.day(clock.today())})


# -- through time ----------------------------------------------------------------------------------------------


def booked_charts(found: Sequence[ThroughTime]) -> list[charts.Chart]:
    """What is in the books of each kind of money that has anything there."""
    return [
        _booked_chart(
            f"money-{'new' if one.new_money else 'planned'}-{'yearly' if one.recurrent else 'once'}",
            str(MONEY_KINDS[one.new_money, one.recurrent]),
            {year.year: year.booked for year in one.years},
        )
        for one in found
        if one.years
    ]


def path_charts(found: Sequence[ThroughTime]) -> list[charts.Chart]:
    """The steps of each growth path that was announced; years that nobody told of are named."""
    return [
        _path_chart(path, str(MONEY_KINDS[one.new_money, one.recurrent]))
        for one in found
        for path in one.paths
    ]


def _path_chart(path: Envelope, kind: str) -> charts.Chart:
    unknown = ", ".join(str(step.year) for step in path.path if step.cents is None)
    return charts.bars(
        id=f"path-{path.id}",
        title=words.said(path.name),
        words=_("The announced amount of each year; the table has all."),
        items=[charts.Bar(str(step.year), step.cents) for step in path.path if step.cents is not None],
        label=_("Year"),
        value_label=_("Announced"),
        kind="money",
        note=f"{kind}. {_('Unknown: %(years)s.') % {'years': unknown}}" if unknown else f"{kind}.",
        sources=source_lines(stated.source for stated in path.stated),
    )


def years_chart(years: Mapping[int, Totals]) -> charts.Chart:
    """What is booked of one measure, year after year."""
    return _booked_chart("money-years", _("Voted, committed and paid, by year"), years)


def _booked_chart(id: str, title: str, years: Mapping[int, Totals]) -> charts.Chart:
    """A bar for each level of each year, so that no level is drawn on top of another."""
    levels = [
        (_("Voted to commit (VAK)"), "voted_commitment"),
        (_("Committed"), "committed"),
        (_("Voted to pay (VEK)"), "voted_payment"),
        (_("Paid"), "paid"),
    ]
    items = [
        charts.Bar(f"{year} · {name}", getattr(booked, level), name)
        for year, booked in sorted(years.items())
        for name, level in levels
    ]
    return charts.bars(
        id=id,
        title=title,
        words=_("What was voted, committed and paid in each budget year; the table has all."),
        items=items,
        label=_("Budget year"),
        part_label=_("Level"),
        value_label=_("Amount"),
        kind="money",
        note=_("What is paid of the year that runs is up to today."),
        sources=[books_source()],
    )


# -- by area ---------------------------------------------------------------------------------------------------


def area_chart(found: ByArea) -> charts.Chart:
    """Committed euro per inhabitant, one hexagon a municipality; what is not tied to one is not drawn."""
    areas = _hexagons((one, one.committed or None) for one in found.areas)
    return charts.hexmap(
        id="money-by-area",
        title=_("Committed per inhabitant, %(year)s") % {"year": found.year},
        words=_("Committed euro per inhabitant, one hexagon for each municipality. The table has all."),
        areas=areas,
        value_label=_("euro per inhabitant"),
        count_label=_("Committed, euro"),
        area_label=_("Municipality"),
        note=_(
            "Only what is tied to one municipality, by its line or by an organisation that offers help in one only."
        ),
        width=720,
        sources=[books_source(), *areas_source()],
    )


def grants_chart(found: Sequence[AreaGrants]) -> charts.Chart:
    """Euro per inhabitant of the grants that sources name, one hexagon a municipality; unknown amounts not drawn."""
    named = [granted.grant for one in found for granted in one.grants.all]
    return charts.hexmap(
        id="grants-by-area",
        title=_("Grants as published, per inhabitant"),
        words=_("Known grants in euro per inhabitant, one hexagon for each municipality. The table has all."),
        areas=_hexagons((one, one.grants.cents) for one in found),
        value_label=_("euro per inhabitant"),
        count_label=_("Granted, euro"),
        area_label=_("Municipality"),
        note=_("Of all years. A municipality whose grant has no known amount is not coloured."),
        width=720,
        sources=[*source_lines(one.source for one in named), *areas_source()],
    )


def _hexagons(found: Iterable[tuple[AreaMoney | AreaGrants, int | None]]) -> list[charts.Hexagon]:
    """Each municipality with its cents; with None it has no colour."""
    places = hexagon_places(region.current().areas)
    return [
        charts.Hexagon(
            code=one.code,
            name=one.name,
            column=places[one.code][0],
            row=places[one.code][1],
            value=one.per_inhabitant / 100 if cents and one.per_inhabitant else None,
            count=round((cents or 0) / 100),
            label=one.name[:3] if (one.inhabitants or 0) >= A_CITY else "",
        )
        for one, cents in found
    ]
