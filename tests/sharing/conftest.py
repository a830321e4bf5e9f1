"""One case and everybody around it: the agency's team, a provider and another; and a stranger to it."""

from datetime import date

import pytest
from django.utils import translation

from tests import factories
from tests.sharing.making import DAY, Around, make_member, make_organisation, make_worker
from veerkracht.register import clock


@pytest.fixture(autouse=True)
def _in_english(_language_of_the_settings) -> None:
    """What is refused is compared in one language; pages choose their own."""
    translation.activate("en")


@pytest.fixture
def demo_day(db) -> date:
    clock.stand_still_on(DAY)
    return DAY


@pytest.fixture
def around(demo_day) -> Around:
    person = factories.make_person(given="Zed", family="Geheimzinnig", area="44021")
    agency = make_organisation("The agency", "agency")
    provider, other = make_organisation("The provider"), make_organisation("The other provider")
    made = Around(
        request=factories.make_request(person),
        agency=agency,
        worker=make_member(agency),
        colleague=make_member(agency),
        officer=make_member(agency, "officer"),
        provider=provider,
        partner=make_member(provider),
        other=other,
        other_partner=make_member(other),
        stranger=make_member(make_organisation("The strangers")),
        own=factories.make_own_actor(person),
    )
    make_worker(person, made.worker)
    return made
