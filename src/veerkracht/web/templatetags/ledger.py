"""Filters of the pages of the ledger: `{% load ledger %}`."""

from django import template

from veerkracht.web import ledger_words
from veerkracht.web.words import known_in

register = template.Library()

register.filter("commitment_kind", known_in(ledger_words.COMMITMENTS))
register.filter("credit_kind", known_in(ledger_words.CREDITS))
register.filter("entry_kind", known_in(ledger_words.ENTRIES))
register.filter("account_name", known_in(ledger_words.ACCOUNTS))
register.filter("year_state", known_in(ledger_words.STATES))


@register.filter
def year_tag(state: str) -> str:
    return ledger_words.STATE_TAGS.get(state, "plain")
