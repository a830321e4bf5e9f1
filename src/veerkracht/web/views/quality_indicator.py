"""One indicator: its definition, and everybody who measured it between the limits that chance explains."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.limits import ALARM, WARNING, Funnel
from veerkracht.register.quality.queries import Comparison, Group, Point, comparison
from veerkracht.web import charts, quality_words, words
from veerkracht.web.who import signed_in

# At so many sizes the limits are drawn.
_STEPS = 60


@signed_in
def page(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    """`?period=2023-01-01`: another period than the last."""
    found = comparison(actor, id, _asked(request))
    groups = [(group, _chart(found, group, place)) for place, group in enumerate(found.groups, 1)]
    if file := charts.download(request, [chart for _group, chart in groups]):
        return file
    points = [point for group in found.groups for point in group.points]
    context = {
        "found": found,
        "indicator": found.indicator,
        "measurement": found.indicator.measurement,
        "groups": groups,
        "has_hidden": any(point.state == "hidden" for point in points),
        "fictitious": any(point.fictitious for point in points),
    }
    return render(request, "web/quality_indicator.html", context)


def _asked(request: HttpRequest) -> date | None:
    text = request.GET.get("period", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused() from None


def _chart(found: Comparison, group: Group, place: int) -> charts.Chart | None:
    """The funnel of a group; None when it is too small to be compared, or nothing of it may be shown."""
    shown = [point for point in group.points if point.state == "shown"]
    if group.funnel is None or not shown:
        return None
    indicator = found.indicator
    name = ", ".join(words.said(one) for one in group.traits) or words.said(indicator.similar.name)
    return charts.funnel(
        id=f"funnel-{place}",
        title=name,
        words=_("%(count)s organisations by size, between limits that draw together as the size grows.")
        % {"count": len(shown)},
        points=[_point(found, point) for point in shown],
        limits=_limits(found, group.funnel, shown),
        target=quality_words.scaled(indicator, group.funnel.target),
        size_label=words.said(indicator.denominator),
        kind=quality_words.chart_kind(indicator),
        note=_note(found, group, shown),
        sources=[
            charts.SourceLine(_("Register: what organisations reported; limits after Spiegelhalter 2005"))
        ],
    )


def _point(found: Comparison, point: Point) -> charts.FunnelPoint:
    indicator, interval = found.indicator, point.interval
    low, high = (interval.low, interval.high) if interval else (point.value or 0, point.value or 0)
    return charts.FunnelPoint(
        name=point.name,
        size=point.denominator or 0,
        value=quality_words.scaled(indicator, point.value or 0),
        low=quality_words.scaled(indicator, low),
        high=quality_words.scaled(indicator, high),
        said=str(quality_words.VERDICTS[point.verdict]),
        is_own=point.is_own,
        stands_out=point.verdict.startswith("very-"),
    )


def _limits(found: Comparison, funnel: Funnel, shown: list[Point]) -> list[charts.Limit]:
    """Around the sizes there are, with some room on either side."""
    sizes = [point.denominator or 1 for point in shown]
    first, last = max(1, min(sizes) * 9 // 10), max(sizes) * 11 // 10 + 1
    step = max(1, (last - first) // _STEPS)
    rows = []
    for size in range(first, last + step, step):
        inner, outer = funnel.widened(size, WARNING), funnel.widened(size, ALARM)
        ends = (inner.low, inner.high, outer.low, outer.high)
        rows.append(charts.Limit(size, *(quality_words.scaled(found.indicator, end) for end in ends)))
    return rows


def _note(found: Comparison, group: Group, shown: list[Point]) -> str:
    """What the drawing says: together how much, who lies beyond, and how many do by chance alone."""
    beyond = sum(point.verdict not in ("", "within") for point in shown)
    clearly = [point.name for point in shown if point.verdict.startswith("very-")]
    sentences = [
        _("All together: %(figure)s.")
        % {"figure": quality_words.figure(found.indicator, group.funnel.target if group.funnel else None)},
        ngettext(
            "%(beyond)s of %(count)s lies beyond the inner limits; by chance alone about %(chance)s would.",
            "%(beyond)s of %(count)s lie beyond the inner limits; by chance alone about %(chance)s would.",
            beyond,
        )
        % {"beyond": beyond, "count": len(shown), "chance": words.number(len(shown) * (1 - WARNING), 1)},
    ]
    if clearly:
        sentences.append(_("Clearly apart: %(names)s.") % {"names": ", ".join(clearly)})
    if group.is_overdispersed:
        sentences.append(
            _(
                "Organisations differ more than chance explains, so the limits are drawn wider (over-dispersion)."
            )
        )
    return " ".join(sentences)
