"""Tags of the pages about staff: `{% load staff %}`."""

from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.register.staff.queries.tables import Sum
from veerkracht.web import words
from veerkracht.web.tabs import Page, Tab, tabs_of

register = template.Library()

_PAGES = (
    Page("staff", _("Staff"), "staff.read", "staff"),
    Page("staffed-places", _("Open and staffed"), "staff.read", "staffed-places"),
    Page("pay", _("Pay"), "staff.read", "pay"),
    Page("quality", _("Quality"), "quality.read", "quality"),
)


@register.simple_tag(takes_context=True)
def staff_tabs(context: template.Context) -> list[Tab]:
    return tabs_of(context, _PAGES)


@register.filter
def hundredths(value: int | None) -> str:
    """Full-time equivalents as they are kept, in hundredths: 850 -> "8.5"."""
    return (
        words.unknown()
        if value is None
        else words.number(value / 100, 0 if value % 100 == 0 else 1 if value % 10 == 0 else 2)
    )


@register.filter
def fte(value: Fraction) -> str:
    """Full-time equivalents as a norm holds them, in fractions."""
    return hundredths(round(value * 100))


@register.filter
def thousandths(value: int | None) -> str:
    """A share as it is kept, in thousandths: 105 -> "10.5%"."""
    return words.unknown() if value is None else words.percent(value / 1000, 1)


@register.simple_tag
def known(sum: Sum) -> SafeString | str:
    """Of how many counts a sum is, when some did not tell it."""
    if sum.is_whole:
        return ""
    said = gettext("(%(known)s of %(of)s)") % {"known": words.number(sum.known), "of": words.number(sum.of)}
    return format_html(' <span class="quiet-words">{}</span>', said)
