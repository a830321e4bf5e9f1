"""What published figures say already is taken from them, with their source, and not written a second time."""

from datetime import date
from typing import NamedTuple

import pytest

from tests.region.money.test_faults import FIGURE, NAME, envelope, measure, milestone, reconciliation
from veerkracht.region.figures import read_figures
from veerkracht.region.money import Money, read_money
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.toml_lines import parse

HEADER = "series,date,value,unit,low,high,source_title,source_url,published,status,note\n"
ROWS = [
    "grant.initial.commitments,2023-01-01,1000.25",
    "grant.initial.payments,2023-01-01,900",
    "grant.executed.payments,2023-12-31,880",
    "town.houses,2022-12-31,3",
    "town.houses,2023-12-31,5",
    "town.houses,2024-12-31,6",
]
LINE = f'[[line]]\ncode = "L-1"\n{NAME}measure = "m"\nfrom = 2023-01-01\nseries = '


class Told(NamedTuple):
    money: Money
    faults: list[str]


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Told:
    """What a text tells beside the figures above."""
    faults, document = Faults(), parse(request.param)
    csv = HEADER + "".join(
        f"{row},euro,,,Report of {row.split(',')[1]},,2025-01-01,published,\n" for row in ROWS
    )
    figures = read_figures({"figures.csv": csv}, faults)
    files = read_money([Reader("m", document, faults, document.data)], "GBP", figures)
    assert files is not None
    return Told(files.money, [str(fault) for fault in faults.all])


def of(text: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("told", [text], indirect=True)


@of(
    envelope()
    + measure()
    + LINE
    + '"grant"\n[[line.credit]]\nyear = 2023\nversion = "revised"\npayment = 910\nsource = { title = "a" }\n'
)
def test_the_credits_of_a_line(told: Told) -> None:
    assert told.faults == []
    assert [
        (one.version, one.commitment_cents, one.payment_cents, one.source and one.source.title)
        for one in told.money.lines["L-1"].credits
    ] == [
        ("initial", 100_025, 90_000, "Report of 2023-01-01"),
        ("revised", None, 91_000, "a"),
        ("executed", None, 88_000, "Report of 2023-12-31"),
    ]


@of(
    envelope()
    + measure(milestone=milestone('series = "town.houses"\nbaseline_on = 2022-12-31\nuntil = 2023-12-31\n'))
)
def test_what_a_milestone_reached_since_its_measure_began(told: Told) -> None:
    (found,) = told.money.measures["m"].milestones
    assert (told.faults, found.baseline) == ([], 3)
    assert [(one.on, one.value) for one in found.realised] == [(date(2023, 12, 31), 5)]


@of(
    envelope()
    + reconciliation(
        FIGURE
        + '[[reconciliation.figure]]\nlabel = { nl = "a", en = "a" }\nunit = { nl = "huizen", en = "houses" }\n'
        + 'series = "town.houses"\n'
    )
)
def test_the_last_figure_that_does_not_agree(told: Told) -> None:
    last = told.money.reconciliations["r"].figures[1]
    assert (told.faults, last.cents, last.number, last.on) == ([], None, 6, date(2024, 12, 31))


@of(envelope() + measure(milestone=milestone('series = "town.hooses"\n')) + LINE + '"grants"\n')
def test_a_series_that_is_not_there(told: Told) -> None:
    assert [fault.split(" Found")[0] for fault in told.faults] == [
        "m:28: measure[m].milestone[k].series: There are no figures of this series.",
        "m:34: line[1].series: There are no figures of this series.",
    ]
