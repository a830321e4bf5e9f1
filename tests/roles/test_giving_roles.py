"""Who gives which role to whom, ends it, and has somebody stand in; and what nobody may."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor, make_user
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor, actor_for, capacities_of
from veerkracht.register.people.models import Membership, Organisation, User
from veerkracht.register.roles.actions import delegate, end_role, give_role, welcome
from veerkracht.register.roles.queries import get_role
from veerkracht.register.roles.reach import Reach

DAY = date(2024, 1, 15)
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


@pytest.fixture
def administrator(agency) -> Actor:
    return make_actor("administrator", name="Ada Ministrator")


@pytest.fixture
def limited(agency, give):
    """An administrator for one programme or one area."""

    def administrator_for(**reach) -> Actor:
        user = User.objects.create_user(username="limited")
        return actor_for(user, membership=give(user, "administrator", **reach).pk)

    return administrator_for


@pytest.fixture
def elsewhere(today) -> Organisation:
    return Organisation.objects.create(name="Elsewhere", kind="provider")


def roles(user: User) -> list[str]:
    return [actor.role for actor in capacities_of(user)]


def field_of(fault) -> str:
    return fault.value.field


def test_an_administrator_gives_a_role_in_their_own_organisation(administrator, agency, officer):
    held = give_role(officer, by=administrator, asked=Reach("reader", until_date=TOMORROW))
    assert (held.organisation, held.from_date, held.until_date) == (agency, DAY, TOMORROW)
    assert held.given_by == administrator.user
    assert roles(officer) == ["officer", "reader"]
    entry = LogEntry.objects.get(verb="create", object_type="membership")
    assert (entry.user_name, entry.object_id) == ("Ada Ministrator", str(held.pk))
    assert entry.detail["role"] == "reader"


@pytest.mark.parametrize("role", sorted(set(Membership.Role.values) - {"administrator"}))
def test_nobody_else_gives_ends_or_lists_roles(role, officer, give):
    actor = make_actor(role)
    held = give(officer, "reader")
    with pytest.raises(Refused):
        give_role(officer, by=actor, asked=Reach("signer"))
    with pytest.raises(Refused):
        end_role(held, by=actor, version=1)
    with pytest.raises(Refused):
        get_role(actor, held.pk)
    assert roles(officer) == ["officer", "reader"]


def test_who_asks_for_care_gives_no_role(officer, today):
    from tests.factories import make_own_actor, make_person

    with pytest.raises(Refused):
        give_role(officer, by=make_own_actor(make_person()), asked=Reach("signer"))


def test_nobody_gives_a_role_to_themself(administrator):
    with pytest.raises(Invalid) as fault:
        give_role(administrator.user, by=administrator, asked=Reach("officer"))
    assert field_of(fault) == "user"
    assert roles(administrator.user) == ["administrator"]


def test_nor_in_another_organisation(administrator, officer, elsewhere):
    with pytest.raises(Refused):
        give_role(officer, by=administrator, asked=Reach("reader"), organisation=elsewhere)
    assert roles(officer) == ["officer"]


@pytest.mark.parametrize(
    ("reach", "asked", "field"),
    [
        ({"programme": "personal-budget"}, {}, "programme"),
        ({"programme": "personal-budget"}, {"role": "administrator"}, "programme"),
        ({"area_kind": "zone", "area_code": "elz43"}, {}, "area"),
        (
            {"area_kind": "zone", "area_code": "elz43"},
            {"area_kind": "province", "area_code": "10000"},
            "area",
        ),
        ({"area_kind": "zone", "area_code": "elz43"}, {"area_kind": "zone", "area_code": "elz2"}, "area"),
        ({"area_kind": "zone", "area_code": "elz43"}, {"role": "administrator"}, "area"),
    ],
)
def test_a_role_never_reaches_further_than_that_of_who_gives_it(limited, officer, reach, asked, field):
    administrator = limited(**reach)
    with pytest.raises(Invalid) as fault:
        give_role(officer, by=administrator, asked=Reach(**{"role": "reader", **asked}))
    assert field_of(fault) == field
    within = {**reach, "area_kind": "municipality", "area_code": "11001"} if "area_kind" in reach else reach
    assert give_role(officer, by=administrator, asked=Reach("reader", **within)).role == "reader"


def test_an_administrator_of_one_programme_knows_of_no_other(limited, officer):
    with pytest.raises(Refused):
        give_role(officer, by=limited(programme="personal-budget"), asked=Reach("reader", "youth-help"))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"role": "king"}, "role"),
        ({"role": ""}, "role"),
        ({"programme": "nothing"}, "programme"),
        ({"area_kind": "zone", "area_code": "nowhere"}, "area"),
        ({"area_kind": "zone"}, "area"),
        ({"area_code": "elz43"}, "area"),
        ({"area_kind": "region", "area_code": "REFREG01"}, "area"),
        ({"from_date": YESTERDAY}, "from_date"),
        ({"from_date": TOMORROW, "until_date": DAY}, "until_date"),
    ],
)
def test_what_is_not_possible_is_said_at_its_field(administrator, officer, asked, field):
    with pytest.raises(Invalid) as fault:
        give_role(officer, by=administrator, asked=Reach(**{"role": "reader", **asked}))
    assert field_of(fault) == field
    assert roles(officer) == ["officer"]


def test_the_same_role_is_not_given_twice_for_the_same_days(administrator, officer):
    give_role(officer, by=administrator, asked=Reach("reader", until_date=TOMORROW))
    with pytest.raises(Invalid) as fault:
        give_role(officer, by=administrator, asked=Reach("reader"))
    assert field_of(fault) == "role"
    later = Reach("reader", from_date=TOMORROW + timedelta(days=1))
    assert give_role(officer, by=administrator, asked=later).from_date == later.from_date


def test_a_closed_account_gets_no_role(administrator, officer):
    officer.is_active = False
    officer.save()
    with pytest.raises(Invalid) as fault:
        give_role(officer, by=administrator, asked=Reach("reader"))
    assert (field_of(fault), fault.value.text.en) == ("user", "This account is closed.")


def test_a_new_account_comes_with_its_first_role_and_a_link(administrator):
    told = {"name": "Nina Nieuw", "email": "nina@example.org", "language": "nl"}
    user, link = welcome("nina", by=administrator, asked=Reach("reader"), **told)
    assert (user.full_name, roles(user), user.has_usable_password()) == ("Nina Nieuw", ["reader"], False)
    assert all(link)


def test_without_the_role_there_is_no_account_either(administrator):
    told = {"name": "Nina Nieuw", "email": "", "language": "nl"}
    with pytest.raises(Invalid):
        welcome("nina", by=administrator, asked=Reach("king"), **told)
    assert not User.objects.filter(username="nina").exists()


def test_a_command_gives_the_first_role_of_all(agency, officer):
    held = give_role(officer, by=Actor.for_command("root"), asked=Reach("administrator"), organisation=agency)
    assert (held.given_by, held.organisation) == (None, agency)
    with pytest.raises(Refused):
        give_role(officer, by=Actor.for_command("root"), asked=Reach("administrator"))


def test_a_role_that_is_taken_back_ends_at_that_moment(administrator, officer, give):
    held = give(officer, "signer")
    end_role(held, by=administrator, version=1)
    held.refresh_from_db()
    assert (held.until_date, held.ended_by, held.version) == (YESTERDAY, administrator.user, 2)
    assert roles(officer) == ["officer"]


def test_so_does_a_role_given_today(administrator, officer):
    held = give_role(officer, by=administrator, asked=Reach("signer"))
    end_role(held, by=administrator, version=1)
    assert roles(officer) == ["officer"]


def test_the_second_who_ends_a_role_is_told(administrator, officer, give):
    held = give(officer, "signer")
    end_role(held, by=administrator, version=1)
    with pytest.raises(Conflict):
        end_role(held, by=administrator, version=1)
    assert LogEntry.objects.filter(verb="change", object_type="membership").count() == 1


def test_an_administrator_ends_no_role_elsewhere_beyond_their_reach_or_their_own(
    administrator, limited, officer, give, elsewhere
):
    there = give(officer, "signer", organisation=elsewhere)
    wider = give(officer, "signer")
    for held, by in ((there, administrator), (wider, limited(programme="personal-budget"))):
        with pytest.raises(Refused):
            end_role(held, by=by, version=1)
    with pytest.raises(Refused):
        end_role(administrator.membership, by=administrator, version=1)
    assert Membership.objects.filter(ended_at=None).count() == Membership.objects.count()


@pytest.fixture
def signer(agency, give) -> Actor:
    """A signer for one programme and one zone, until the end of February."""
    user = User.objects.create_user(username="signer", first_name="Sigrid", last_name="Signer")
    reach = {"programme": "personal-budget", "area_kind": "zone", "area_code": "elz43"}
    return actor_for(user, membership=give(user, "signer", until_date=date(2024, 2, 29), **reach).pk)


def test_a_colleague_stands_in_for_the_same_programme_and_area_until_a_day(signer, officer):
    lent = delegate(officer, by=signer, until_date=TOMORROW)
    stand_in = actor_for(officer, "signer")
    assert stand_in.membership == lent
    assert (stand_in.programme, stand_in.area_codes) == (signer.programme, signer.area_codes)
    assert stand_in.capacity.endswith("for Sigrid Signer")


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"until_date": date(2024, 3, 1)}, "until_date"),
        ({"until_date": YESTERDAY}, "until_date"),
        ({"until_date": TOMORROW, "from_date": YESTERDAY}, "from_date"),
    ],
)
def test_nobody_stands_in_for_longer_than_the_role_itself(signer, officer, days, field):
    with pytest.raises(Invalid) as fault:
        delegate(officer, by=signer, **days)
    assert field_of(fault) == field
    assert delegate(officer, by=signer, until_date=date(2024, 2, 29)).role == "signer"


def test_only_a_colleague_stands_in(signer, officer, elsewhere, give):
    stranger = User.objects.create_user(username="stranger")
    give(stranger, "signer", organisation=elsewhere)
    for to in (stranger, signer.user):
        with pytest.raises(Invalid) as fault:
            delegate(to, by=signer, until_date=TOMORROW)
        assert field_of(fault) == "user"
    assert delegate(officer, by=signer, until_date=TOMORROW).user == officer


def test_what_is_lent_is_not_lent_on(signer, officer):
    delegate(officer, by=signer, until_date=TOMORROW)
    another = make_user("reader")
    with pytest.raises(Refused):
        delegate(another, by=actor_for(officer, "signer"), until_date=TOMORROW)
    assert delegate(another, by=actor_for(officer, "officer"), until_date=TOMORROW).role == "officer"


def test_who_lent_a_role_takes_it_back(signer, officer):
    lent = delegate(officer, by=signer, until_date=TOMORROW)
    end_role(get_role(signer, lent.pk), by=signer, version=1)
    assert roles(officer) == ["officer"]


def test_a_role_that_ends_takes_along_what_was_lent_of_it(signer, officer, administrator):
    lent = delegate(officer, by=signer, until_date=TOMORROW)
    end_role(signer.membership, by=administrator, version=1)
    lent.refresh_from_db()
    assert (lent.ended_by, roles(officer)) == (administrator.user, ["officer"])


def test_a_role_that_was_ended_meanwhile_is_not_lent(signer, officer, administrator):
    end_role(signer.membership, by=administrator, version=1)
    with pytest.raises(Conflict):
        delegate(officer, by=signer, until_date=TOMORROW)
