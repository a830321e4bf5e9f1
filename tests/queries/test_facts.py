"""A file tells what its programme's rules name, also what stands outside the request."""

from datetime import date

import pytest

from tests import factories
from tests.assessments.conftest import COMMAND, asked, scored
from veerkracht.register import clock
from veerkracht.register.assessments.actions import record_assessment
from veerkracht.register.care.queries.file_parts import explanations

TODAY = date(2024, 1, 15)


@pytest.mark.django_db
def test_a_condition_on_measured_need_is_met_by_the_last_assessment():
    clock.stand_still_on(TODAY)
    measured, other = (asked(factories.make_person(born=date(1938, 4, 2))) for _person in range(2))
    record_assessment(measured.person, by=COMMAND, measured=scored("cd"))
    found = explanations([measured, other], TODAY)
    told = {
        request.pk: {one.id: one.status for one in found[request.pk].conditions}
        for request in (measured, other)
    }
    # Whether somebody wants to come now is asked by each home, and not known here.
    assert told == {
        measured.pk: {"of-age": "met", "need-measured": "met", "ready": "unknown"},
        other.pk: {"of-age": "met", "need-measured": "unmet", "ready": "unknown"},
    }
