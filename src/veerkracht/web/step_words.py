"""What a step of a request set, in a few words: group, dates, category, route."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care import bundles
from veerkracht.register.care.queries.file_views import StepView
from veerkracht.rulebook.types import Programme
from veerkracht.web import words

_BUNDLED: dict[str, Promise] = {
    bundles.TOGETHER: _("together with somebody else: both or neither"),
    bundles.APART: _("no longer together with somebody else"),
}


def facts(step: StepView, programme: Programme) -> list[str]:
    """One text for each thing worth knowing; an empty list when the step's name says it all."""
    said = [_fact(name, value, programme) for name, value in step.sets.items()]
    return [*filter(None, said), *([str(_BUNDLED[step.reason])] if step.reason in _BUNDLED else [])]


def _fact(name: str, value: Any, programme: Programme) -> str:
    if name == "priority_group":
        group = programme.group(value)
        return words.said(group.name) if group else ""
    if name == "priority_date":
        return gettext("priority date %(day)s") % {"day": words.day(value)}
    if name == "category" and value:
        return gettext("category %(name)s") % {"name": value}
    if name == "route" and value:
        return next((words.said(route.name) for route in programme.routes if route.id == value), value)
    if name == "recognised":
        return gettext("disability recognised") if value else gettext("disability not recognised")
    if name == "complete" and value:
        return gettext("file complete")
    if name == "respond_by":
        return gettext("to start by %(day)s") % {"day": words.day(value)}
    return ""
