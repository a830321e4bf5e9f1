"""What day it is: the real one, or the day on which a demo world stands still."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from veerkracht.register.people.models import Setting

DEMO_DAY = "demo-day"
_OFFICE_OPENS = time(9)
_LEFT_OF_THE_DAY = timedelta(hours=15)
# What was found within `one_look`: empty as long as nobody asked, None outside of it.
_looked: ContextVar[list[tuple[date, datetime] | None] | None] = ContextVar("looked", default=None)


def today() -> date:
    """Today in the region's time zone, or the demo world's day."""
    demo = _demo()
    return demo[0] if demo else timezone.localdate()


def now() -> datetime:
    """Now, aware. A demo day never ends: from nine in the morning its clock slows down toward midnight.

    So what is done later is always recorded later, as the order of steps needs.
    """
    demo = _demo()
    if not demo:
        return timezone.now()
    day, set_at = demo
    elapsed = max((timezone.now() - set_at) / _LEFT_OF_THE_DAY, 0.0)
    opens = timezone.make_aware(datetime.combine(day, _OFFICE_OPENS))
    return opens + _LEFT_OF_THE_DAY * (1 - math.exp(-elapsed))


def demo_day() -> date | None:
    """The day on which a demo world stands still; None where the days are real."""
    demo = _demo()
    return demo[0] if demo else None


def stand_still_on(day: date | None) -> None:
    """Make a day the register's today (None: the real one again). Only a demo world does this."""
    if looked := _looked.get():
        looked.clear()
    if day is None:
        Setting.objects.filter(name=DEMO_DAY).delete()
        return
    value = {"day": day.isoformat(), "set_at": timezone.now().isoformat()}
    Setting.objects.update_or_create(name=DEMO_DAY, defaults={"value": value})


@contextmanager
def one_look() -> Iterator[None]:
    """Within it, whether a demo world stands still is asked once: for one page, which asks the time many times."""
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def _demo() -> tuple[date, datetime] | None:
    looked = _looked.get()
    if looked is None:
        return _stored()
    if not looked:
        looked.append(_stored())
    return looked[0]


def _stored() -> tuple[date, datetime] | None:
    value = Setting.objects.filter(name=DEMO_DAY).values_list("value", flat=True).first()
    return (date.fromisoformat(value["day"]), datetime.fromisoformat(value["set_at"])) if value else None
