"""The files that a region may do without: each as typed values, or None."""

from __future__ import annotations

import polars as pl

from veerkracht.region.access import FILE as ACCESS_FILE
from veerkracht.region.access import Access, read_access
from veerkracht.region.assessments import FILE as ASSESSMENTS_FILE
from veerkracht.region.assessments import Assessments, read_assessments
from veerkracht.region.crisis import FILE as CRISIS_FILE
from veerkracht.region.crisis import Crisis, read_crisis
from veerkracht.region.figures import Figures
from veerkracht.region.folder import Reading
from veerkracht.region.homes import FILE as LISTS_FILE
from veerkracht.region.homes import Lists, read_lists
from veerkracht.region.pay import FILE as PAY_FILE
from veerkracht.region.pay import Pay, read_pay
from veerkracht.region.places import FILE as PLACES_FILE
from veerkracht.region.places import Places, read_places
from veerkracht.region.quality import FILE as QUALITY_FILE
from veerkracht.region.quality import Quality, read_quality
from veerkracht.region.residence import FILE as RESIDENCE_FILE
from veerkracht.region.residence import ResidenceRules, read_residence
from veerkracht.region.shelter import FILE as SHELTER_FILE
from veerkracht.region.shelter import Shelter, read_shelter
from veerkracht.region.staff import FILE as STAFF_FILE
from veerkracht.region.staff import Workforce, read_staff
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.types import Programme


def staff(reading: Reading) -> Workforce | None:
    """The workforce."""
    reader = reading.toml_if_there(STAFF_FILE)
    return read_staff(reader) if reader else None


def pay(reading: Reading, staff: Workforce | None) -> Pay | None:
    """Pay scales and rises, over the workforce."""
    # Staff that could not be read would be missed here too: one fault is enough.
    sound = staff is not None or not (reading.folder / STAFF_FILE).exists()
    reader = reading.toml_if_there(PAY_FILE) if sound else None
    return read_pay(reader, staff) if reader else None


def quality(reading: Reading, programmes: dict[str, Programme], staff: Workforce | None) -> Quality | None:
    """Quality indicators."""
    reader = reading.toml_if_there(QUALITY_FILE)
    sectors = [sector.id for sector in staff.sectors] if staff else []
    return read_quality(reader, programmes, sectors) if reader else None


def assessments(reading: Reading, programmes: dict[str, Programme]) -> Assessments | None:
    """Instruments that measure need, and what a result opens."""
    reader = reading.toml_if_there(ASSESSMENTS_FILE)
    categories = {id: [one.id for one in programme.care_categories] for id, programme in programmes.items()}
    return read_assessments(reader, categories) if reader else None


def residence(reading: Reading, programmes: dict[str, Programme], figures: Figures) -> ResidenceRules | None:
    """Rules of stays and of day prices."""
    reader = reading.toml_if_there(RESIDENCE_FILE)
    return read_residence(reader, programmes, figures) if reader else None


def places(reading: Reading) -> Places | None:
    """Kinds of places, and why they close."""
    reader = reading.toml_if_there(PLACES_FILE)
    return read_places(reader) if reader else None


def access(reading: Reading, programmes: dict[str, Programme]) -> Access | None:
    """Who may read what, on which ground."""
    reader = reading.toml_if_there(ACCESS_FILE)
    return read_access(reader, programmes) if reader else None


def crisis(reading: Reading, areas: pl.DataFrame, programmes: dict[str, NowProgramme]) -> Crisis | None:
    """How a crisis desk looks for a place."""
    reader = reading.toml_if_there(CRISIS_FILE)
    return read_crisis(reader, areas, programmes) if reader else None


def shelter(reading: Reading, crisis: Crisis | None, series: list[str]) -> Shelter | None:
    """How stays in crisis go."""
    reader = reading.toml_if_there(SHELTER_FILE)
    return read_shelter(reader, crisis.programme if crisis else None, series) if reader else None


def lists(
    reading: Reading, programmes: dict[str, Programme], assessments: Assessments | None
) -> Lists | None:
    """What the lists of all homes share."""
    reader = reading.toml_if_there(LISTS_FILE)
    instruments = assessments.instruments if assessments else ()
    return read_lists(reader, programmes, instruments) if reader else None
