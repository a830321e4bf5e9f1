"""What must never be false of places is held by the database itself, and said in words."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.supply.conftest import TODAY
from tests.supply.test_growth import awarded
from veerkracht.register import clock, constraints
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import (
    Award,
    AwardStep,
    Location,
    Recognition,
    Unit,
    UnitClosure,
)

COMMAND = Actor.for_command("tests")


def test_a_hand_in_the_database_is_stopped_with_the_words_of_the_rule(unit):
    by = {"by_name": "A hand", "recorded_at": clock.now()}
    closed = {"unit": unit, "from_date": TODAY, "reason": "staff", **by}
    owner, said = unit.service.organisation, {"area": "11001", "name": "Hidden"}
    recognised = {"service": unit.service, "holds_from": TODAY, "places": 3, "source": "Decision", **by}
    award = awarded(COMMAND)
    stepped = {"award": award, "kind": "lapsed", "holds_from": TODAY, "units": 1, **by}
    UnitClosure.objects.create(**closed)
    Location.objects.create(organisation=owner, **said)
    attempts = {
        "one_lasting_closure_per_unit": lambda: UnitClosure.objects.create(**closed),
        "closure_does_not_end_before_it_starts": lambda: UnitClosure.objects.create(
            **closed, reopens_on=TODAY - timedelta(days=1)
        ),
        "closure_has_a_reason": lambda: UnitClosure.objects.create(
            **{**closed, "reason": "", "reopens_on": TODAY}
        ),
        "closure_names_somebody": lambda: UnitClosure.objects.create(
            **{**closed, "by_name": "", "reopens_on": TODAY}
        ),
        "location_name_once": lambda: Location.objects.create(organisation=owner, **said),
        "secret_location_has_no_open_address": lambda: Location.objects.create(
            organisation=owner, area="11001", name="Other", address="Hidden Lane 7", secret=True
        ),
        "unit_sleeps_somebody": lambda: Unit.objects.update(sleeps=0),
        "recognition_is_at_most_all": lambda: Recognition.objects.create(**recognised, extra_places=4),
        "recognition_has_a_source": lambda: Recognition.objects.create(**{**recognised, "source": ""}),
        "recognition_names_somebody": lambda: Recognition.objects.create(**{**recognised, "by_name": ""}),
        "award_is_of_places": lambda: Award.objects.update(units=0),
        "award_is_used_once": lambda: Award.objects.update(lapsed=16, realised=15),
        "award_is_never_brought_forward": lambda: Award.objects.update(
            period_from=award.awarded_for - timedelta(days=1)
        ),
        "award_has_a_source": lambda: Award.objects.update(source=""),
        "award_step_is_of_places": lambda: AwardStep.objects.create(**{**stepped, "units": 0}),
        "award_step_has_its_period": lambda: AwardStep.objects.create(**stepped, period_from=TODAY),
        "award_step_names_somebody": lambda: AwardStep.objects.create(**{**stepped, "by_name": ""}),
        "append_only": lambda: AwardStep.objects.all().delete(),
    }
    for name, attempt in attempts.items():
        with pytest.raises(DatabaseError) as stopped, transaction.atomic():
            attempt()
        found = constraints.fault(stopped.value)
        kind = Conflict if name == "one_lasting_closure_per_unit" else Invalid
        assert (constraints.broken(stopped.value), type(found)) == (name, kind)
    # A recognition that was wrong is followed by another, never changed.
    actions.recognise(unit.service, by=COMMAND, places=3, holds_from=TODAY, source="Decision")
    with pytest.raises(DatabaseError), transaction.atomic():
        Recognition.objects.update(places=4)
