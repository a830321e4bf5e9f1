"""Which national numbers a region uses: schemes of python-stdnum, named in its files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.region.number_schemes import birth_date_in, checked

BELGIAN = ("be.nn", "be.bis")


@pytest.mark.parametrize(
    ("schemes", "text", "number"),
    [
        (BELGIAN, "85.07.30-033 28", "85073003328"),
        (BELGIAN, "98.47.28-997.65", "98472899765"),
        (("be.nn",), "98.47.28-997.65", None),
        (BELGIAN, "85073003329", None),
        (BELGIAN, "943 476 5919", None),
        (("gb.nhs",), "943 476 5919", "9434765919"),
        ((), "85073003328", None),
        (BELGIAN, "", None),
    ],
)
def test_a_number_is_right_by_one_of_the_schemes(schemes: tuple[str, ...], text: str, number: str | None):
    assert checked(schemes, text) == number


@pytest.mark.parametrize(
    ("schemes", "number", "born"),
    [
        (BELGIAN, "85073003328", date(1985, 7, 30)),
        (BELGIAN, "98472899765", date(1998, 7, 28)),
        (("gb.nhs",), "9434765919", None),
    ],
)
def test_some_numbers_tell_a_birth_date(schemes: tuple[str, ...], number: str, born: date | None):
    assert birth_date_in(schemes, number) == born


def test_each_region_has_schemes_of_its_own(testland: region.Region):
    assert (testland.national_numbers, region.current().national_numbers) == (("gb.nhs",), BELGIAN)


@pytest.mark.parametrize("scheme", ["gb.none", "util", "os", "be.nn.validate", "../x"])
def test_a_scheme_that_is_none_is_a_fault(spoil: Callable[[str, str, str], Path], scheme: str):
    folder = spoil("region.toml", '["gb.nhs"]', f'["{scheme}"]')
    assert [str(fault) for fault in region.check(folder)] == [
        "region.toml:8: national_numbers[1]: There is no such number scheme. "
        f"Found {scheme}; expected a scheme of python-stdnum, such as “be.nn”."
    ]


def test_a_region_may_use_no_national_number(spoil: Callable[[str, str, str], Path]):
    folder = spoil("region.toml", 'national_numbers = ["gb.nhs"]\n', "")
    assert region.load(folder).national_numbers == ()
