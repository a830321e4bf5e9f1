"""`verify` finds a lent role that reaches further than the role it is lent of; no action makes one, a hand may."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_actor, make_user
from veerkracht.register import verify
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.roles.actions import delegate, end_role

DAY = date(2024, 1, 15)


@pytest.fixture
def lent(officer) -> Membership:
    signer = make_actor("signer")
    return delegate(officer, by=signer, until_date=DAY + timedelta(days=9))


def broken() -> list[tuple[str, tuple[str, ...]]]:
    return [(found.name, found.where) for found in verify.run()]


def test_what_actions_lend_and_end_is_sound(lent):
    assert broken() == []
    end_role(lent.delegates, by=make_actor("administrator"), version=1)
    assert broken() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "administrator"},
        {"programme": "personal-budget"},
        {"area_kind": "zone", "area_code": "elz43"},
        {"from_date": date(2015, 1, 1)},
    ],
)
def test_a_lent_role_that_differs_from_its_own_is_found(lent, changes):
    Membership.objects.filter(pk=lent.pk).update(**changes)
    assert broken() == [("lent_role_is_within_the_own", (f"role {lent.pk}",))]


def test_one_in_another_organisation_is_found(lent):
    there = Organisation.objects.create(name="Elsewhere", kind="provider")
    Membership.objects.filter(pk=lent.pk).update(organisation=there)
    assert broken() == [("lent_role_is_within_the_own", (f"role {lent.pk}",))]


@pytest.mark.parametrize("changes", [{"until_date": DAY}, {"ended_at": timezone.now()}])
def test_one_that_outlives_its_own_is_found(lent, changes):
    Membership.objects.filter(pk=lent.delegates_id).update(**changes)
    assert broken() == [("lent_role_is_within_the_own", (f"role {lent.pk}",))]


def test_one_that_is_lent_on_is_found(lent):
    third = make_user("reader")
    Membership.objects.create(
        user=third,
        organisation=lent.organisation,
        role="signer",
        from_date=lent.from_date,
        until_date=lent.until_date,
        given_by=lent.user,
        delegates=lent,
    )
    assert [where for _, where in broken()] == [(f"role {Membership.objects.latest('pk').pk}",)]
