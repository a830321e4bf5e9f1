"""A region's staff file: read as it stands, and each fault with its line and what to change."""

import shutil
from pathlib import Path

import pytest

from tests.region.conftest import Spoil
from veerkracht import region


def test_sectors_professions_and_numbers_are_read(testland: region.Region) -> None:
    staff = testland.staff
    assert staff is not None
    assert [sector.id for sector in staff.sectors] == ["homes", "clinics"]
    assert [profession.name.nl for profession in staff.professions] == ["Zorgverleners", "Koks"]
    assert len(staff.parameters) == 2 * 9 + 2 * 3 + 12


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "fte.homes"\nvalue = 400\nlow = 380.0', 'id = "fte.homes"\nvalue = 0\nlow = 0',
         "staff.toml:20: parameter[fte.homes].value: This number is not possible here. Found 0.0; expected 1 or more."),
        ('id = "vacant.homes"\nvalue = 0.04', 'id = "vacant.homes"\nvalue = 1.04',
         "staff.toml:56: parameter[vacant.homes].value: This number is not possible here. Found 1.04; "
         "expected 0 to 0.9."),
        ('id = "quits.homes"\nvalue = 0.08\nlow = 0.05', 'id = "quits.homes"\nvalue = 0.08\nlow = -0.05',
         "staff.toml:48: parameter[quits.homes].low: This number is not possible here. Found -0.05; expected 0 to 2."),
        ('id = "quits.homes"', 'id = "quits.house"',
         "staff.toml:46: parameter[quits.house].id: No number is asked for by this name. Found quits.house; "
         "expected “quits.homes”"),
        ('id = "quits.homes"', 'id = "quits.clinics"',
         "staff.toml:18: parameter: A number is missing. Found nothing; expected a parameter with id “quits.homes”."),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_change(spoil: Spoil, old: str, new: str, fault: str) -> None:
    faults = [str(found) for found in region.check(spoil("staff.toml", old, new))]
    assert [found[: len(fault)] for found in faults if found.startswith(fault)] == [fault]


def test_a_file_without_sectors_is_refused(folder: Path) -> None:
    (folder / "staff.toml").write_text("")
    assert {fault.field for fault in region.check(folder)} >= {"sector", "profession"}


def test_a_region_may_be_without_staff(folder: Path) -> None:
    (folder / "staff.toml").unlink()
    (folder / "pay.toml").unlink()
    shutil.rmtree(folder / "money")
    assert region.load(folder).staff is None
