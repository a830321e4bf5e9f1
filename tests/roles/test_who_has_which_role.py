"""Who sees who has which role, a page at a time, and nothing of another organisation."""

from datetime import date

import pytest

from tests.factories import make_actor
from veerkracht.register.errors import Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import actor_for
from veerkracht.register.people.models import Organisation, User
from veerkracht.register.roles.queries import RoleFilters, every_role, get_role, lent_by, role_page

ALL = RoleFilters()


@pytest.fixture
def administrator(agency):
    return make_actor("administrator", name="Ada Ministrator", username="ada")


@pytest.fixture
def colleagues(agency, give) -> list[User]:
    """Three with the same family name, one with a role that ended, one who works elsewhere."""
    there = Organisation.objects.create(name="Elsewhere", kind="provider")
    made = []
    for given in ("Cis", "An", "Bo"):
        made.append(User.objects.create_user(username=given, first_name=given, last_name="Zoet"))
        give(made[-1], "reader")
    gone = User.objects.create_user(username="gone", first_name="Gone", last_name="Zoet")
    give(gone, "reader", until_date=date(2024, 1, 14))
    stranger = User.objects.create_user(username="stranger", first_name="Strange", last_name="Zoet")
    give(stranger, "reader", organisation=there)
    return made


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_roles_stand_by_name_of_the_own_organisation_only(administrator, colleagues):
    assert names(role_page(administrator, ALL).rows) == ["Ada Ministrator", "An Zoet", "Bo Zoet", "Cis Zoet"]
    with_ended = role_page(administrator, RoleFilters(ended=True)).rows
    assert [(row.name, row.state) for row in with_ended][-1] == ("Gone Zoet", "ended")
    assert len(with_ended) == 5


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (RoleFilters(role="administrator"), ["Ada Ministrator"]),
        (RoleFilters(search="zoet b"), ["Bo Zoet"]),
        (RoleFilters(search="ada"), ["Ada Ministrator"]),
        (RoleFilters(search="strange"), []),
        (RoleFilters(search="%"), []),
    ],
)
def test_roles_are_searched(administrator, colleagues, filters, found):
    assert names(role_page(administrator, filters).rows) == found


def test_pages_miss_nobody_and_show_nobody_twice(administrator, colleagues, give):
    give(colleagues[0], "analyst")
    seen, after = [], None
    while True:
        page = role_page(administrator, ALL, after, size=2)
        seen += page.rows
        after = page.next_after
        if after is None:
            break
    assert [row.id for row in seen] == [row.id for row in every_role(administrator, ALL)]
    assert len(seen) == 5


def test_a_page_after_a_role_that_is_not_theirs_is_empty(administrator, colleagues):
    stranger = User.objects.get(username="stranger").memberships.get()
    assert role_page(administrator, ALL, stranger.pk).rows == ()


def test_who_may_end_a_role_is_told_so_save_their_own(administrator, colleagues):
    assert [row.may_end for row in role_page(administrator, ALL).rows] == [False, True, True, True]


def test_an_administrator_of_one_programme_sees_no_roles_for_another(agency, give, colleagues):
    give(colleagues[0], "officer", programme="youth-help")
    give(colleagues[1], "officer", programme="personal-budget")
    user = User.objects.create_user(username="limited")
    limited = actor_for(user, membership=give(user, "administrator", programme="personal-budget").pk)
    rows = every_role(limited, RoleFilters(role="officer"))
    assert [(row.name, row.programme, row.may_end) for row in rows] == [("An Zoet", "personal-budget", True)]
    assert {row.may_end for row in every_role(limited, RoleFilters(role="reader"))} == {False}


def test_a_role_elsewhere_and_one_that_does_not_exist_are_the_same(administrator, colleagues):
    said = []
    for id in (User.objects.get(username="stranger").memberships.get().pk, 999_999):
        with pytest.raises(Refused) as refused:
            get_role(administrator, id)
        said.append((type(refused.value), refused.value.text))
    assert said[0] == said[1]
    assert get_role(administrator, colleagues[0].memberships.get().pk).user == colleagues[0]


def test_looks_searches_and_exports_are_in_the_log(administrator, colleagues):
    role_page(administrator, ALL)
    role_page(administrator, RoleFilters(search="An"))
    every_role(administrator, ALL)
    assert list(LogEntry.objects.order_by("id").values_list("verb", "object_type")) == [
        ("list", "role"),
        ("search", "role"),
        ("export", "role"),
    ]


def test_somebody_sees_what_they_lent(agency, give, colleagues):
    an = actor_for(colleagues[1])
    give(colleagues[0], "reader", delegates=an.membership, until_date=date(2024, 2, 1))
    rows = lent_by(an)
    assert [(row.name, row.instead_of, row.may_end) for row in rows] == [("Cis Zoet", "An Zoet", True)]
    assert lent_by(actor_for(colleagues[2])) == ()


def test_one_row_costs_as_many_queries_as_three(administrator, colleagues, django_assert_max_num_queries):
    counted = []
    for role in ("administrator", "reader"):
        with django_assert_max_num_queries(20) as queries:
            page = role_page(administrator, RoleFilters(role=role))
        counted.append((len(page.rows), len(queries)))
    assert [rows for rows, _ in counted] == [1, 3]
    assert counted[0][1] == counted[1][1]
