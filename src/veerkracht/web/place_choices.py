"""What a reader of the pages on places can choose: a programme, areas of which size, a day, and how far ahead."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people import areas
from veerkracht.web import words

_LEVELS = ("province", "region", "zone")
# A day asked for lies from the first of these until so long after today.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), timedelta(days=366)
# How many days ahead one may look; the first unless it is said.
_AHEAD = (90, 30, 180, 365)


def asked_programme(request: HttpRequest) -> str:
    """The programme asked for; "" for every one."""
    programme = request.GET.get("programme", "")
    return programme if programme in region.current().kinds_of_help else ""


def programme_names() -> dict[str, str]:
    return {id: words.said(name) for id, name in region.current().kinds_of_help.items()}


def asked_level(request: HttpRequest) -> str:
    """Areas of which size; the largest unless it is said."""
    return one_of(request.GET.get("level"), _LEVELS)


def level_names() -> dict[str, str]:
    """The sizes of areas that the region has, by name."""
    names = {"province": _("Province"), "region": _("Region"), "zone": _("Primary-care zone")}
    return {id: name for id, name in names.items() if any(code for code, _name in areas.choices(id))}


def asked_day(request: HttpRequest) -> date:
    """The day asked for; today when none is, or one that can't be read or lies too far away."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return asked if _FIRST_DAY <= asked <= today + _LAST_DAY else today


def asked_days(request: HttpRequest) -> int:
    """How many days ahead is looked."""
    return int(one_of(request.GET.get("days"), tuple(map(str, _AHEAD))))


def horizons() -> list[tuple[int, str]]:
    """How many days ahead one may look, in words, the nearest first."""
    return [(days, words.duration(days)) for days in sorted(_AHEAD)]


def one_of(value: str | None, options: Sequence[str]) -> str:
    """What was asked for when that can be chosen; else the first that can."""
    return value if value in options else options[0]
