"""Numbers, money, dates and durations as people write them, in the language of the page.

Money comes in cents; dates as `date` or `datetime`. What is not known (None) is said in words.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

NO_BREAK = "\u00a0"
MINUS = "\u2212"


def language() -> str:
    """The page's language: "nl" or "en"."""
    return (get_language() or "nl")[:2]


def unknown() -> str:
    return gettext("unknown")


def said(text: Any) -> str:
    """A bilingual text of a region's file in the page's language; plain strings as they are."""
    if text is None:
        return ""
    return text.get(language()) if hasattr(text, "get") else str(text)


def known_in(names: Mapping[str, Any]) -> Callable[[str], str]:
    """A filter that gives the name of an id; one without a name stays as it is."""
    return lambda id: str(names.get(id, id))


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """12345.6 -> "12.346" (nl), "12,346" (en)."""
    if value is None:
        return unknown()
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    shown = number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)
    return f"{MINUS}{shown}" if rounded < 0 else shown


def percent(share: float | None, decimals: int = 0) -> str:
    """0.253 -> "25%"."""
    return unknown() if share is None else f"{number(Decimal(str(share)) * 100, decimals)}%"


def money(cents: int | None, decimals: int | None = None) -> str:
    """Cents as whole euros, with cents only where there are any: "€ 1.250,50" (nl), "€1,250.50" (en)."""
    if cents is None:
        return unknown()
    if decimals is None:
        decimals = 2 if int(cents) % 100 else 0
    return _with_euro(number(Decimal(int(cents)) / 100, decimals))


def money_short(cents: int | None) -> str:
    """A large sum at a glance: "€ 41,3 mln" (nl), "€41.3 million" (en); below a million in full euros."""
    if cents is None:
        return unknown()
    euros = Decimal(int(cents)) / 100
    if abs(euros) >= 1_000_000_000:
        scaled, word = euros / 1_000_000_000, pgettext("sum of money", "billion")
    elif abs(euros) >= 1_000_000:
        scaled, word = euros / 1_000_000, pgettext("sum of money", "million")
    else:
        return money(cents, 0)
    return f"{_with_euro(number(scaled, 1))}{NO_BREAK}{word}"


def _with_euro(shown: str) -> str:
    sign, digits = ("-", shown[1:]) if shown.startswith(MINUS) else ("", shown)
    space = NO_BREAK if language() == "nl" else ""
    return f"{sign and MINUS}€{space}{digits}"


def day(value: date | None) -> str:
    """ "15 januari 2024" (nl), "15 January 2024" (en)."""
    return unknown() if value is None else date_format(_local(value), "j F Y")


def day_short(value: date | None) -> str:
    """ "15 jan 2024", for tables."""
    if value is None:
        return unknown()
    return (
        date_format(_local(value), "j M Y").replace(".", "").lower()
        if language() == "nl"
        else (date_format(_local(value), "j M Y"))
    )


def month(value: date | None) -> str:
    """ "januari 2024"."""
    return unknown() if value is None else date_format(_local(value), "F Y")


def moment(value: datetime | None) -> str:
    """A day with its hour, in the region's time: "15 januari 2024, 14:05".

    Of an hour that comes twice, when summer time ends, which of both: "27 oktober 2024, 02:20 (wintertijd)".
    """
    if value is None:
        return unknown()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    shown = date_format(local, "j F Y, H:i")
    return f"{shown} ({_season(local)})" if _comes_twice(local) else shown


def _comes_twice(local: datetime) -> bool:
    return local.tzinfo is not None and local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _season(local: datetime) -> str:
    return gettext("summer time") if local.dst() else gettext("winter time")


def _local(value: date) -> date:
    is_aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value


def duration(days: float | None) -> str:
    """A number of days in years and months: "6 jaar en 4 maanden"; under two months in days."""
    if days is None:
        return unknown()
    if abs(days) < 61:
        return ngettext("%(count)s day", "%(count)s days", round(days)) % {"count": round(days)}
    months = round(abs(days) / 30.4375)
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(count)s year", "%(count)s years", years) % {"count": years})
    if rest:
        parts.append(ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest})
    return gettext(" and ").join(parts)


def sooner(days: float | None) -> str:
    """A change in days: "3 months sooner", "1 year later", "no change"."""
    if days is None:
        return unknown()
    if round(days) == 0:
        return gettext("no change")
    said = {"time": duration(abs(days))}
    return (gettext("%(time)s sooner") if days < 0 else gettext("%(time)s later")) % said


def between(early: date | None, late: date | None) -> str:
    """Two dates as a range of months: "tussen maart 2027 en juni 2029"."""
    if early is None and late is None:
        return unknown()
    if late is None:
        return gettext("not before %(early)s") % {"early": month(early)}
    if early is None:
        return gettext("before %(late)s") % {"late": month(late)}
    if (early.year, early.month) == (late.year, late.month):
        return gettext("in %(month)s") % {"month": month(early)}
    return gettext("between %(early)s and %(late)s") % {"early": month(early), "late": month(late)}


def years(early: date | None, late: date | None) -> str:
    """Two dates as years: "2027-2029", "2027 or later"; one year when they share it."""
    if early is None:
        return gettext("far away")
    if late is None:
        return gettext("%(year)s or later") % {"year": early.year}
    return str(early.year) if early.year == late.year else f"{early.year}–{late.year}"
