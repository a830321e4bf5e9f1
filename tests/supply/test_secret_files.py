"""A secret address is in no file, also not of its own organisation: each file that tells of services, one by one."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_service, make_units
from tests.staff.conftest import make_count
from tests.supply.conftest import of_another
from tests.supply.test_pages import client_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.actions import record_values
from veerkracht.register.quality.measured import Measured

COMMAND = Actor.for_command("tests")
INDICATOR, PERIOD = "falls", (date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture
def both(day) -> Actor:
    """An organisation with an open house and a refuge, of which as much is told; who takes in there."""
    for name, area, secret in (("Open Elm", "11001", False), ("Hidden Elm", "44021", True)):
        house = make_service(
            name, organisation="Shelter", programme="residential-care", area=area, secret=secret
        )
        make_units(house, 2)
        make_count(house)
        told = Measured(INDICATOR, *PERIOD, Decimal(4), 60, source="Told", stratum="usual", service=house)
        record_values(house.organisation, by=COMMAND, values=[told])
    return of_another("admission", "Shelter")


def test_no_file_holds_what_is_at_a_secret_address(both):
    client = client_of(both)
    for file in (
        "places/export.csv",
        "places/capacity/export.csv",
        "places/intensity/homes.csv",
        "staff/places/export.csv",
        "staff/export/counts.csv",
        "staff/quality/export.csv",
        "open/directory/services.csv",
        "open/directory/services.json",
        "open/directory/services.jsonld",
    ):
        answer = client.get(f"/en/{file}")
        text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert (file, answer.status_code, "Open Elm" in text) == (file, 200, True)
        assert ("Hidden" in text, "44021" in text) == (False, False), file
