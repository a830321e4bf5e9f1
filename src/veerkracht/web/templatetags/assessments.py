"""Filters of the pages about assessments: `{% load assessments %}`."""

from django import template

from veerkracht.register.assessments.models import Assessment
from veerkracht.web import assessment_words

register = template.Library()


@register.filter
def instrument(id: str) -> str:
    """`{{ row.instrument|instrument }}`: what an instrument is called."""
    return assessment_words.instrument_name(id)


@register.filter
def outcome(assessment: Assessment) -> str:
    return assessment_words.outcome(assessment)


@register.filter
def author_kind(assessment: Assessment) -> str:
    return assessment_words.author_kind(assessment)


@register.filter
def answers(assessment: Assessment) -> list[assessment_words.Row]:
    return assessment_words.rows(assessment)
