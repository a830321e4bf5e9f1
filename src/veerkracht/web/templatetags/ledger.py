"""Filters of the pages of the ledger: `{% load ledger %}`."""

from django import template

from veerkracht.web import ledger_words

register = template.Library()


@register.filter
def commitment_kind(kind: str) -> str:
    return str(ledger_words.COMMITMENTS.get(kind, kind))


@register.filter
def credit_kind(kind: str) -> str:
    return str(ledger_words.CREDITS.get(kind, kind))


@register.filter
def entry_kind(kind: str) -> str:
    return str(ledger_words.ENTRIES.get(kind, kind))


@register.filter
def account_name(name: str) -> str:
    return str(ledger_words.ACCOUNTS.get(name, name))


@register.filter
def year_state(state: str) -> str:
    return str(ledger_words.STATES.get(state, state))


@register.filter
def year_tag(state: str) -> str:
    return ledger_words.STATE_TAGS.get(state, "plain")
