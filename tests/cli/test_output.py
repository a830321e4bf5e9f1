"""What commands share: results, progress, errors."""

import datetime
import json
from decimal import Decimal

import numpy as np
import pytest

from veerkracht.cli import output
from veerkracht.rulebook.errors import RuleFault


def raising(error: BaseException):
    def work() -> None:
        raise error

    return work


def test_a_fault_is_its_message_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert output.exit_code_of(raising(RuleFault("rule 'adult' names no column"))) == 1
    assert capsys.readouterr() == ("", "Error: rule 'adult' names no column\n")


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        output.exit_code_of(raising(ZeroDivisionError()))


def test_stopping_is_no_error_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert output.exit_code_of(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1), ("text", 0), (False, 0)])
def test_a_command_may_give_its_exit_code(result: object, code: int) -> None:
    assert output.exit_code_of(lambda: result) == code


def test_json_says_dates_decimals_and_arrays(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json(
        {"on": datetime.date(2024, 2, 29), "points": Decimal("12.50"), "n": np.int64(3), "all": np.arange(2)}
    )
    assert json.loads(capsys.readouterr().out) == {
        "on": "2024-02-29",
        "points": "12.50",
        "n": 3,
        "all": [0, 1],
    }


def test_a_table_without_a_terminal_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("group", "waiting"), [("group-1", 1234), ("group-2", None)])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == ["group    waiting", "group-1    1,234", "group-2        –"]


def test_progress_without_a_terminal_is_a_line_a_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress("counting", 1000) as tick:
        for done in range(1001):
            tick(done)
    assert capsys.readouterr().err.splitlines() == [
        "counting …",
        *(f"counting: {part} %" for part in (25, 50, 75, 100)),
    ]
