"""Category schemes: by request date, converted, and given back by a court for the past too."""

from datetime import date

import pytest

from tests.rulebook.making import LAW, programme
from veerkracht.rulebook import schemes
from veerkracht.rulebook.errors import DateFault, RuleFault
from veerkracht.rulebook.types import CategoryScheme, Conversion

SPLIT, CONVERTED, ANNULLED = date(2020, 3, 17), date(2021, 3, 5), date(2024, 1, 8)
OLD = CategoryScheme(
    id="old", requests_from=date(2000, 1, 1), requests_until=SPLIT, points={"I": 10.0, "II": 20.0}, source=LAW
)
NEW = CategoryScheme(id="new", requests_from=SPLIT, points={"1": 7.0, "2": 15.0}, source=LAW)
PROGRAMME = programme(
    schemes=(OLD, NEW),
    conversions=(
        Conversion(
            id="conversion",
            requests_until=SPLIT,
            to="new",
            holds_from=CONVERTED,
            known_from=CONVERTED,
            annulled_known_from=ANNULLED,
            categories={"I": "2"},
            source=LAW,
        ),
    ),
)
BEFORE, AFTER = date(2020, 3, 16), SPLIT


@pytest.mark.parametrize(
    ("asked", "on", "known", "expected"),
    [
        (BEFORE, date(2021, 3, 4), None, "old"),
        (BEFORE, CONVERTED, None, "new"),
        (BEFORE, date(2024, 1, 7), None, "new"),
        (BEFORE, ANNULLED, None, "old"),
        (AFTER, date(2021, 3, 4), None, "new"),
        (AFTER, CONVERTED, None, "new"),
        (AFTER, ANNULLED, None, "new"),
        # The list of a past day, as known then and as known after the judgment.
        (BEFORE, date(2022, 6, 1), date(2022, 6, 1), "new"),
        (BEFORE, date(2022, 6, 1), date(2024, 1, 7), "new"),
        (BEFORE, date(2022, 6, 1), ANNULLED, "old"),
        # Nobody knew of the conversion before it was made.
        (BEFORE, CONVERTED, date(2021, 3, 4), "old"),
    ],
)
def test_the_scheme_of_a_request(asked: date, on: date, known: date | None, expected: str) -> None:
    assert schemes.scheme_for(PROGRAMME, asked, on, known).id == expected


def test_a_request_from_before_every_scheme_is_an_error() -> None:
    with pytest.raises(DateFault) as fault:
        schemes.scheme_for(PROGRAMME, date(1999, 12, 31), ANNULLED)
    assert str(fault.value) == "help has no category scheme for a request of 1999-12-31."


def test_the_points_of_a_category() -> None:
    assert schemes.points(PROGRAMME, "old", "II") == 20.0


@pytest.mark.parametrize(
    ("scheme", "category", "message"),
    [
        ("old", "3", "The scheme old has no category “3”. It has: I, II."),
        ("old", "III", "The scheme old has no category “III”. Did you mean “II”?"),
        ("older", "I", "help has no category scheme “older”; it has: old, new."),
    ],
)
def test_an_unknown_category_is_an_error(scheme: str, category: str, message: str) -> None:
    with pytest.raises(RuleFault) as fault:
        schemes.points(PROGRAMME, scheme, category)
    assert str(fault.value) == message


def test_a_category_is_converted_as_far_as_published() -> None:
    assert schemes.convert(PROGRAMME, "conversion", "I") == "2"
    assert schemes.convert(PROGRAMME, "conversion", "II") is None
    with pytest.raises(RuleFault) as fault:
        schemes.convert(PROGRAMME, "other", "I")
    assert str(fault.value) == "help has no conversion “other”."
