"""The list a page at a time: what is on it, in which sequence, and what never leaks into it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht import region
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.lists import SORTS, list_page
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.order import positions

PROGRAMME = "personal-budget"


def numbers(page) -> list[str]:
    return [row.number for row in page.rows]


def listed(actor, **filters) -> list[str]:
    return numbers(list_page(actor, ListFilters(PROGRAMME, **filters)))


@pytest.fixture
def mixed(officer) -> list[Request]:
    """Ten requests that differ in everything a list is filtered or sorted by."""
    places = ("11001", "11002", "44021", "71016")
    made = [
        make_request(
            make_person(given=given, family=family, area=places[turn % 4], born=date(1970 + turn, 1, 1)),
            asked=date(2021, 3, 1 + (turn * 7) % 10),
            group=1 + turn % 3,
            category=str(24 - turn),
            kind="first" if turn % 2 else "increase",
        )
        for turn, (given, family) in enumerate(
            zip(
                ["An", "Bo", "Cis", "Daan", "Eef", "Fien", "Gus", "Han", "Ine", "Jef"],
                [
                    "Peeters",
                    "Maes",
                    "Peeters",
                    "Claes",
                    "De Wit",
                    "Çelik",
                    "Peeters",
                    "Aerts",
                    "Maes",
                    "Zwart",
                ],
                strict=True,
            )
        )
    ]
    elsewhere = make_request(make_person(given="An", family="Peeters", area="11002"))
    Request.objects.filter(pk=elsewhere.pk).update(programme="another")
    return made


def test_a_row_shows_what_a_reader_needs(officer):
    person = make_person(given="Fien", family="Voorbeeld", area="11002", born=date(1990, 5, 17))
    request = make_request(person, category="12", group=2)
    row = list_page(officer, ListFilters(PROGRAMME)).rows[0]
    assert (row.number, row.name, row.area_name, row.priority_group, row.category) == (
        request.number,
        "Fien Voorbeeld",
        "Antwerpen",
        2,
        "12",
    )
    assert (row.amount_cents, row.overdue, row.turn) == (5_442_677, False, None)


def test_the_list_stands_in_the_order_of_the_rules(officer, mixed, demo_day):
    table = waiting_table(PROGRAMME)
    rules = region.current().programmes[PROGRAMME]
    in_order = table["id"].to_numpy()[positions(table, rules, demo_day)].tolist()
    by_id = {request.pk: request.number for request in mixed}
    assert listed(officer) == [by_id[id] for id in in_order]


def test_without_a_group_comes_last(officer):
    on_route = make_request(group=None, route="social-necessity")
    third = make_request(group=3)
    assert listed(officer) == [third.number, on_route.number]
    assert listed(officer, groups=(0,)) == [on_route.number]
    assert listed(officer, route="social-necessity") == [on_route.number]
    assert listed(officer, on=date(2024, 1, 15)) == [third.number, on_route.number]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("on", [None, date(2024, 1, 15)])
def test_pages_hold_every_request_once_in_both_directions(officer, mixed, sort, descending, on):
    filters = ListFilters(PROGRAMME, sort=sort, descending=descending, size=3, on=on)
    whole = numbers(list_page(officer, ListFilters(PROGRAMME, sort=sort, descending=descending, on=on)))
    assert sorted(whole) == sorted(request.number for request in mixed)
    pages = [list_page(officer, filters)]
    while pages[-1].next_cursor:
        pages.append(list_page(officer, filters, pages[-1].next_cursor))
    assert [number for page in pages for number in numbers(page)] == whole
    assert pages[0].previous_cursor == ""
    back = [pages[-1]]
    while back[-1].previous_cursor:
        back.append(list_page(officer, filters, back[-1].previous_cursor))
    assert [numbers(page) for page in reversed(back)] == [numbers(page) for page in pages]


def test_descending_is_the_same_list_from_behind(officer, mixed):
    assert listed(officer, sort="amount", descending=True) == listed(officer, sort="amount")[::-1]


def test_by_amount_and_by_date_of_the_request(officer, mixed):
    by_number = {request.number: request for request in mixed}
    amounts = [int(by_number[number].category) for number in listed(officer, sort="amount")]
    assert amounts == sorted(amounts)
    dates = [by_number[number].request_date for number in listed(officer, sort="request_date")]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"groups": (1,)}, lambda r: r.priority_group == 1),
        ({"groups": (1, 3)}, lambda r: r.priority_group in (1, 3)),
        ({"kind": "increase"}, lambda r: r.kind == "increase"),
        ({"category": "20"}, lambda r: r.category == "20"),
        ({"municipality": "11002"}, lambda r: r.area == "11002"),
        ({"province": "10000"}, lambda r: r.area in ("11001", "11002")),
        ({"zone": "elz43"}, lambda r: r.area == "11001"),
        ({"region": "REFREG01", "groups": (2,)}, lambda r: r.area < "12" and r.priority_group == 2),
        ({"province": "10000", "municipality": "44021"}, lambda r: False),
        ({"states": ("granted",)}, lambda r: False),
        ({"states": ("live",)}, lambda r: True),
        ({"states": ("all",), "groups": (2,)}, lambda r: r.priority_group == 2),
    ],
)
@pytest.mark.parametrize("on", [None, date(2024, 1, 15)])
def test_filters(officer, mixed, filters, wanted, on):
    found = listed(officer, on=on, **filters)
    assert sorted(found) == sorted(request.number for request in mixed if wanted(request))


def test_states_are_merged_in_one_sequence(officer):
    make_credit()
    queue = make_queue(3)
    make_round(60_000, state="signed")
    asked = make_request(state="asked")
    assert listed(officer, states=("live",)) == [*(request.number for request in queue), asked.number]
    assert listed(officer) == [request.number for request in queue[1:]]


def test_overdue_is_granted_and_past_its_last_day(officer):
    make_credit()
    late, on_time = make_queue(2)
    make_round(120_000, state="signed")
    Request.objects.filter(pk=late.pk).update(respond_by=date(2024, 1, 14))
    Request.objects.filter(pk=on_time.pk).update(respond_by=date(2024, 1, 15))
    page = list_page(officer, ListFilters(PROGRAMME, overdue=True))
    assert [(row.number, row.overdue) for row in page.rows] == [(late.number, True)]


@pytest.mark.parametrize("on", [None, date(2024, 1, 15)])
def test_search_by_name_and_number(officer, mixed, on):
    def found(text):
        return sorted(listed(officer, search=text, on=on))

    peeters = sorted(mixed[turn].number for turn in (0, 2, 6))
    assert found("peeters") == peeters
    assert found(" PEE ") == peeters
    assert found("an peeters") == [mixed[0].number]
    assert found("peeters an") == [mixed[0].number]
    assert found("celik") == found("Çelik") == [mixed[5].number]
    assert found(mixed[3].number) == found(mixed[3].number.lower()) == [mixed[3].number]
    assert found(mixed[4].person.number) == [mixed[4].number]
    assert found("nobody") == []
    assert found("100%") == found("_") == []


def test_found_names_are_sorted_by_name_and_paged(officer, mixed):
    filters = ListFilters(PROGRAMME, search="peeters", size=2)
    first = list_page(officer, filters)
    assert [row.name for row in first.rows] == ["An Peeters", "Cis Peeters"]
    second = list_page(officer, filters, first.next_cursor)
    assert [row.name for row in second.rows] == ["Gus Peeters"]
    assert numbers(list_page(officer, filters, second.previous_cursor)) == numbers(first)


def test_search_keeps_to_the_filters(officer, mixed):
    assert listed(officer, search="peeters", groups=(1,)) == [mixed[0].number, mixed[6].number]
    assert listed(officer, search=mixed[0].number, groups=(2,)) == []


@pytest.mark.parametrize("role", ["analyst", "person"])
def test_who_may_not_see_the_list_finds_nothing_by_search_either(officer, mixed, role):
    actor = make_actor("analyst") if role == "analyst" else make_own_actor(mixed[0].person)
    for search in ("", mixed[0].number, "peeters"):
        with pytest.raises(Refused):
            listed(actor, search=search)


def test_a_role_for_another_programme_sees_nothing(officer, mixed):
    stranger = make_actor("officer", programme="another")
    with pytest.raises(Refused):
        listed(stranger)


def test_a_look_is_logged_with_what_was_searched(officer, mixed):
    listed(officer, search="peeters", groups=(1,))
    entry = LogEntry.objects.latest("id")
    assert (entry.verb, entry.user_name, entry.detail) == (
        "search",
        officer.name,
        {"programme": PROGRAMME, "states": ["waiting"], "groups": [1], "search": "peeters"},
    )


@pytest.mark.parametrize(
    "filters", [{}, {"states": ("all",)}, {"search": "voorbeeld"}, {"province": "10000", "groups": (1, 2)}]
)
def test_three_rows_take_as_many_queries_as_one(officer, filters):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert listed(officer, **filters)
        return len(captured)

    make_request()
    with_one = queries()
    make_queue(2)
    assert queries() == with_one
    assert with_one <= 14


def test_a_page_takes_five_queries(officer, django_assert_num_queries):
    make_queue(3)
    # The demo's day (for the list, the log and who is named in restricted files), the keys of the page, and the
    # rows: the log is another database.
    with django_assert_num_queries(5):
        listed(officer)


@pytest.mark.parametrize(
    ("filters", "cursor", "field"),
    [
        ({"sort": "luck"}, "", "sort"),
        ({"states": ("nowhere",)}, "", "states"),
        ({"municipality": "99999"}, "", "municipality"),
        ({"zone": "no-zone"}, "", "zone"),
        ({"search": "!!!"}, "", ""),
        ({}, "not-a-cursor", "cursor"),
        ({}, "W10", "cursor"),
        ({"sort": "name"}, "W2ZhbHNlLCAxLCAiMjAyMS0wMS0wMSIsIDFd", "cursor"),
    ],
)
def test_what_is_no_choice_is_refused_by_name(officer, filters, cursor, field):
    if not field:
        assert listed(officer, **filters) == []
        return
    with pytest.raises(Invalid) as fault:
        list_page(officer, ListFilters(PROGRAMME, **filters), cursor)
    assert fault.value.field == field


def test_a_page_goes_on_when_its_row_has_left(officer):
    queue = make_queue(4)
    filters = ListFilters(PROGRAMME, size=2)
    first = list_page(officer, filters)
    actions.withdraw(queue[1], by=Actor.for_command("tests"), on=date(2024, 1, 15))
    assert numbers(list_page(officer, filters, first.next_cursor)) == [queue[2].number, queue[3].number]


def test_another_day_shows_what_stood_there_then(officer):
    request = make_request(group=2, asked=date(2021, 3, 1))
    later = make_request(group=1, asked=date(2023, 3, 1))
    actions.revise(request, by=Actor.for_command("tests"), on=date(2022, 6, 1), group=1)
    page = list_page(officer, ListFilters(PROGRAMME, on=date(2022, 5, 31)))
    assert [(row.number, row.priority_group, row.priority_date) for row in page.rows] == [
        (request.number, 2, date(2021, 3, 1))
    ]
    assert (page.on, page.known) == (date(2022, 5, 31), None)
    assert listed(officer, on=date(2023, 3, 1)) == [request.number, later.number]
    assert listed(officer, on=date(2023, 3, 1), known=date(2024, 1, 14)) == []
