"""The list of an earlier day shows, filters and counts people where they lived on that day."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_person, make_request
from veerkracht.register.care.actions import move_person
from veerkracht.register.care.exchange.exporting import export_csv
from veerkracht.register.care.models import Budget, Request
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.lists import list_page
from veerkracht.register.care.queries.today import today
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Move
from veerkracht.register.permissions import case_of
from veerkracht.register.published.counting import rows_on

PROGRAMME = "personal-budget"
FIRST, SECOND, THIRD = "11001", "71016", "44021"
BEFORE, BETWEEN, AFTER = date(2023, 5, 31), date(2023, 6, 1), date(2023, 9, 1)


def move(request: Request, area: str, on: date) -> None:
    move_person(case_of(Request.objects.get(pk=request.pk)), by=make_actor("officer"), area=area, on=on)


@pytest.fixture
def moved(officer) -> Request:
    """Of somebody who moved twice; the second move was written down when today was another day."""
    make_request(make_person(given="Bo", area=SECOND))
    request = make_request(make_person(area=FIRST))
    move(request, SECOND, BETWEEN)
    move(request, THIRD, AFTER)
    return request


def shown(actor: Actor, **filters) -> dict[str, str]:
    page = list_page(actor, ListFilters(PROGRAMME, **filters))
    return {row.number: row.area for row in page.rows}


def in_file(actor: Actor, **filters) -> Counter:
    lines = export_csv(actor, ListFilters(PROGRAMME, **filters)).decode().splitlines()
    column = lines[0].split(",").index("area")
    return Counter(line.split(",")[column] for line in lines[1:])


@pytest.mark.parametrize(("on", "lived"), [(BEFORE, FIRST), (BETWEEN, SECOND), (AFTER, THIRD), (None, THIRD)])
def test_the_list_of_a_day_tells_where_people_lived_then(officer, moved, on, lived):
    other = Request.objects.exclude(pk=moved.pk).get()
    assert shown(officer, on=on) == {other.number: SECOND, moved.number: lived}
    assert in_file(officer, on=on) == Counter([SECOND, lived])
    for area in (FIRST, SECOND, THIRD):
        wanted = {other.number} if area == SECOND else set()
        wanted |= {moved.number} if area == lived else set()
        assert shown(officer, on=on, municipality=area).keys() == wanted
        assert in_file(officer, on=on, municipality=area) == Counter({area: len(wanted)} if wanted else {})
    in_sequence = sorted([(SECOND, other.number), (lived, moved.number)])
    assert list(shown(officer, on=on, sort="area").items()) == [
        (number, area) for area, number in in_sequence
    ]


def test_a_move_counts_from_when_it_was_known(officer):
    person = make_person(area=FIRST)
    request = make_request(person)
    Budget.objects.create(
        person=person, programme=PROGRAMME, kind="first", from_date=BEFORE, amount_cents=1, points=1
    )
    # Written down on the day after the register's own, about a day long before.
    Move.objects.create(
        person=person,
        area_before=SECOND,
        area=FIRST,
        holds_from=BETWEEN,
        recorded_at=datetime(2024, 1, 16, 9, tzinfo=UTC),
        by_name="tests",
    )
    for on, known, lived in (
        (AFTER, None, FIRST),
        (AFTER, date(2024, 1, 16), FIRST),
        (AFTER, date(2024, 1, 15), SECOND),
        (BEFORE, date(2024, 1, 16), SECOND),
    ):
        assert shown(officer, on=on, known=known) == {request.number: lived}
        assert shown(officer, on=on, known=known, municipality=lived) == {request.number: lived}
    # A release counts to the moment: who waits and who is helped alike.
    for moment, lived in (
        (None, FIRST),
        (datetime(2024, 1, 16, 9, tzinfo=UTC), FIRST),
        (datetime(2024, 1, 16, 8, 59, tzinfo=UTC), SECOND),
    ):
        counted = rows_on(PROGRAMME, AFTER, moment).select("measure", "area").rows()
        assert sorted(counted) == [("helped", lived), ("waiting", lived)]


def test_who_keeps_one_area_sees_their_own_list_as_it_was(client, officer, moved):
    def keeper(area: str) -> Actor:
        made = make_actor("officer")
        Membership.objects.filter(user=made.user).update(area_kind="municipality", area_code=area)
        return actor_for(made.user)

    now, then = keeper(THIRD), keeper(FIRST)
    assert shown(now, on=BEFORE) == {moved.number: FIRST}
    assert shown(now, on=BEFORE, municipality=THIRD) == {}
    # Whose file went elsewhere can't be followed back by the list of an earlier day.
    assert (shown(then, on=BEFORE), shown(then, on=BEFORE, municipality=FIRST)) == ({}, {})
    # And the page says so, to nobody else.
    told = []
    for actor in (now, officer):
        client.force_login(actor.user)
        pages = [
            client.get(f"/en/{page}").content.decode() for page in ("list/?on=2023-05-31", "through-time/")
        ]
        told.append(["requests that are on your list now" in page for page in pages])
    assert told == [[True, True], [False, False]]


def test_the_number_of_queries_does_not_grow_with_who_moved(officer, moved):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            list_page(officer, ListFilters(PROGRAMME, on=BEFORE))
        return len(found)

    one = queries()
    for given in ("Cis", "Daan"):
        another = make_request(make_person(given=given, area=FIRST))
        move(another, SECOND, BETWEEN)
    assert queries() == one


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_is_kept_of_a_list_is_not_older_than_the_last_move():
    officer, request = make_actor("officer"), make_request(make_person(area=FIRST))
    for area in (SECOND, THIRD):
        shown(officer, on=BETWEEN)
        today(officer, PROGRAMME)
        move(request, area, BETWEEN)
        assert shown(officer, on=BETWEEN) == {request.number: area}
        assert {one.code for one in today(officer, PROGRAMME).areas if one.requests} == {area}
