"""Care intensity by home and by area, for somebody: few queries, and nothing small for who looks from outside."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.assessments.conftest import COMMAND, HOMES, TODAY, worker
from tests.intensity.conftest import live_in, recognised, staffed
from veerkracht import region
from veerkracht.register.care.queries.homes import homes_of
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.intensity.queries import of_home, past, per_area, per_home

BEFORE = date(2021, 6, 30)


def test_a_home_on_a_day_by_who_lived_there_then(home, admission):
    elm = home(b=3, cd=2, o=1, unknown=2)
    recognised(elm, 10, 3)
    live_in(elm, "c", valid_until=date(2024, 1, 1))
    # Last, since nobody comes where there is no staff.
    staffed(elm, nurses=1, assistants=1)
    now, then = (of_home(admission, elm.pk, on=on)[0].found for on in (None, BEFORE))
    assert now.residents.by_category == {"b": 3, "c": 1, "cd": 2, "o": 1}
    assert (now.residents.unknown, now.residents.expired, now.heavy, now.without_norm) == (2, 1, 6, 0)
    assert (then.residents.expired, then.heavy, then.without_norm, then.staff) == (0, 6, 3, 2.0)
    # Before anybody came.
    early = of_home(admission, elm.pk, on=date(2020, 12, 31))[0].found
    assert (early.residents.total, early.without_norm) == (0, None)


def test_a_forecast_starts_from_how_heavy_the_care_is_also_of_who_asked_nothing_here(home):
    home(b=2, cd=1, o=1, unknown=1)
    found = homes_of(region.current().programme(HOMES), TODAY)
    assert (found.occupied, found.categories) == (5, {"b": 2, "cd": 1, "o": 1})


def test_who_looks_from_outside_is_told_nothing_small(home, analyst, admission):
    elm, oak, ash = home("Elm House", b=12, o=11), home("Oak House", b=12, o=1), home("Ash House", c=14, a=12)
    seen = {one.service.pk: (one.is_own, one.is_hidden) for one in per_home(analyst)}
    # Oak alone would follow from the area, so the next smallest is left out with it.
    assert seen == {elm.pk: (False, True), oak.pk: (False, True), ash.pk: (False, False)}
    own = {one.service.pk: (one.is_own, one.is_hidden) for one in per_home(admission)}
    assert (own[elm.pk], own[oak.pk][1], own[ash.pk][1]) == ((True, False), True, True)
    assert not any(hidden for _own, hidden in [(one.is_own, one.is_hidden) for one in per_home(COMMAND)])


def test_areas_and_their_homes(home, analyst):
    home("Elm House", b=14, o=14)
    home("Oak House", area="31005", c=12, a=12)
    home("Ash House", area="44021", cd=1, a=12)
    found = per_area(analyst)
    assert [(one.name, one.found.heavy, one.is_hidden) for one in found.areas] == [
        ("Antwerpen", 14, False), ("Oost-Vlaanderen", 1, True), ("West-Vlaanderen", 12, True),
    ]  # fmt: skip
    assert (found.total.found.heavy, found.total.found.homes) == (27, 3)
    some = per_area(analyst, level="province", area=found.areas[0].code)
    assert [one.service.name for one in some.homes] == ["Elm House"]
    zones = per_area(analyst, level="zone")
    assert sum(one.found.homes for one in zones.areas) == 3


def test_a_category_with_few_people_is_not_told_of_an_area(home, analyst):
    home("Elm House", b=12, cd=2, o=12)
    home("Oak House", area="31005", c=12, a=12)
    home("Ash House", area="44021", cd=12, a=12)
    found = per_area(analyst)
    # Antwerpen has two Cd; without another left out, the rest would tell it.
    told = {one.name: one.shows_categories for one in found.areas}
    assert (told["Antwerpen"], sum(told.values())) == (False, 1)


def test_a_secret_home_is_known_to_its_own_alone(home, analyst):
    hidden = factories.make_service(
        "Refuge", organisation="Elm House", programme="residential-care", secret=True
    )
    with pytest.raises(Refused):
        of_home(analyst, hidden.pk)
    assert of_home(worker("admission", "Elm House"), hidden.pk)[0].service == hidden


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"level": "street"}, "level"),
        ({"area": "atlantis"}, "province"),
        ({"on": date(2024, 1, 16)}, "on"),
        ({"programme": "youth-help"}, "programme"),
    ],
)
def test_what_can_not_be_asked(asked, field):
    with pytest.raises(Invalid) as refused:
        per_area(COMMAND, **asked)
    assert refused.value.field == field


@pytest.mark.parametrize("role", ["signer", "auditor", "treasurer"])
def test_who_may_not(home, role):
    elm, nobody = home(b=1), factories.make_actor(role)
    for ask in (lambda: per_area(nobody), lambda: of_home(nobody, elm.pk), lambda: of_home(nobody, 999_999)):
        with pytest.raises(Refused):
            ask()


def test_the_number_of_queries_does_not_grow_with_the_homes(home, analyst):
    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            per_area(analyst)
        return len(ran)

    home("Elm House", b=1)
    one = queries()
    home("Oak House", c=2)
    home("Ash House", a=1, unknown=1)
    assert queries() == one


def test_the_past_is_of_published_figures_alone():
    found = past()
    assert (found.days[0].on, found.days[-1].on) == (date(2011, 12, 31), date(2021, 6, 30))
    assert (found.cost, past("youth-help")) == ((date(2021, 7, 1), 102_000_000.0), None)
