"""How numbers, money, dates and durations are written in both languages."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation

from veerkracht.rulebook.types import Text
from veerkracht.web import words

NB = words.NO_BREAK


MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"


@pytest.mark.parametrize(
    ("function", "value", "nl", "en"),
    [
        (words.number, 17910, "17.910", "17,910"),
        (words.number, -5, "−5", "−5"),
        (words.number, None, "onbekend", "unknown"),
        (words.percent, 0.345, "35%", "35%"),
        (words.money, 125000, f"€{NB}1.250", "€1,250"),
        (words.money, 125050, f"€{NB}1.250,50", "€1,250.50"),
        (words.money, -125000, f"−€{NB}1.250", "−€1,250"),
        (words.money, 0, f"€{NB}0", "€0"),
        (words.money_short, 4_130_000_000, f"€{NB}41,3{NB}mln.", f"€41.3{NB}million"),
        (words.money_short, 210_000_000_000, f"€{NB}2,1{NB}mld.", f"€2.1{NB}billion"),
        (words.money_short, 99_999_900, f"€{NB}999.999", "€999,999"),
        (words.day, date(2024, 1, 15), "15 januari 2024", "15 January 2024"),
        (words.day_short, date(2024, 3, 1), "1 mrt 2024", "1 Mar 2024"),
        (words.day, None, "onbekend", "unknown"),
        (words.month, date(2024, 2, 29), "februari 2024", "February 2024"),
        # In winter Brussels is an hour ahead of UTC.
        (
            words.moment,
            datetime(2024, 1, 14, 23, 30, tzinfo=UTC),
            "15 januari 2024, 00:30",
            "15 January 2024, 00:30",
        ),
        (words.duration, 1, "1 dag", "1 day"),
        (words.duration, 60, "60 dagen", "60 days"),
        (words.duration, 365, "1 jaar", "1 year"),
        (words.duration, 2313, "6 jaar en 4 maanden", "6 years and 4 months"),
        (words.said, Text("een", "one"), "een", "one"),
        (words.said, "as it is", "as it is", "as it is"),
        (words.said, None, "", ""),
    ],
)
def test_written_in_both_languages(function, value, nl, en):
    with translation.override("nl"):
        assert function(value) == nl
    with translation.override("en"):
        assert function(value) == en


def test_no_word_of_a_page_takes_the_place_of_a_month():
    """A text of ours that is spelled as a month in English ("May") would be its translation everywhere."""
    with translation.override("nl"):
        said = [words.day(date(2024, month, 2)).split()[1] for month in range(1, 13)]
    assert said == MONTHS.split()


@pytest.mark.parametrize(
    ("early", "late", "nl"),
    [
        (date(2027, 3, 1), date(2029, 6, 1), "tussen maart 2027 en juni 2029"),
        (date(2027, 3, 1), date(2027, 3, 31), "in maart 2027"),
        (date(2027, 3, 1), None, "niet vóór maart 2027"),
        (None, date(2027, 3, 1), "vóór maart 2027"),
        (None, None, "onbekend"),
    ],
)
def test_a_range_of_dates(early, late, nl):
    with translation.override("nl"):
        assert words.between(early, late) == nl


@pytest.mark.parametrize(
    ("language", "typed"), [("nl", "15-01-2024"), ("nl", "15/1/2024"), ("en", "2024-01-15")]
)
def test_a_date_field_shows_the_day_that_it_holds_and_takes_what_people_type(language, typed):
    day, field = date(2024, 1, 15), forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    with translation.override(language):
        assert 'value="2024-01-15"' in field.widget.render("on", day)
        assert field.clean(typed) == day
