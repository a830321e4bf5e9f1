"""A register as people use it, in a database whose changes other processes see."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests import factories
from veerkracht.register import clock
from veerkracht.register.care.models import Round
from veerkracht.register.supply.models import Unit

TODAY = date(2024, 1, 15)


@pytest.fixture
def day(transactional_db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def reviewed(day) -> Round:
    """Money for two of the three who wait, in a round that can be signed."""
    factories.make_credit(1_000_000)
    factories.make_queue(3)
    return factories.make_round(120_000, state="reviewed")


@pytest.fixture
def unit(day) -> Unit:
    return factories.make_units()[0]


@pytest.fixture
def user(day) -> Callable[[str], str]:
    """Makes somebody in a role and gives the name they sign in with."""
    return lambda role: factories.make_user(role).username


HEADER = (
    "reference,person,given_name,family_name,birth_date,area,kind,request_date,recognised,plan_approved_on,"
    "complete,priority_group,priority_date,category"
)


@pytest.fixture
def requests_file(tmp_path) -> Callable[..., Path]:
    """Writes a file with so many requests that can be imported, with marks that begin alike."""
    return lambda count, mark="R": write_requests(tmp_path, count, mark)


def write_requests(folder: Path, count: int, mark: str) -> Path:
    lines = [
        f"{mark}-{row},{mark}-{row},Fien,Rij,1990-05-17,11001,first,2021-03-01,yes,2021-02-01,yes,2,2021-03-01,12"
        for row in range(count)
    ]
    file = folder / f"requests-{mark}.csv"
    file.write_text("\n".join([HEADER, *lines]))
    return file
