"""What is published: attacks on neighbouring tables, days, versions and forms, where a person could leak."""

import csv
import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.disclosure.conftest import (
    AARTSELAAR,
    ANTWERP,
    BRUGES,
    COMMAND,
    NEXT_QUARTER,
    PROGRAMME,
    QUARTER,
    wait,
)
from tests.factories import make_actor, make_person, make_request
from veerkracht import region
from veerkracht.region import Region
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.disclosure import Seen, bounds
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Person
from veerkracht.register.published.actions import publish
from veerkracht.register.published.counting import rows_on
from veerkracht.register.published.models import Release
from veerkracht.register.published.queries import release, releases
from veerkracht.register.published.tables import WAITING, counted, published_cells

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

THRESHOLD = 5


@pytest.fixture
def suppressing(monkeypatch) -> Region:
    """The same region, had it chosen to leave small counts out."""
    here = region.current()
    other = replace(here, disclosure=replace(here.disclosure, method="suppress", threshold=THRESHOLD))
    monkeypatch.setattr(region, "current", lambda: other)
    return other


def exact(on: date) -> np.ndarray:
    cells = published_cells(programme_of(PROGRAMME), region.current().areas)
    rows = rows_on(PROGRAMME, on).with_columns(key=0)
    return counted(cells, rows, region.current().areas).get_column("count").to_numpy()


def shown(on: date) -> list[int | None]:
    return list(release(PROGRAMME, on).numbers.values())


def attacked(on: date, hidden: np.ndarray, counts: np.ndarray) -> dict[int, tuple[float, float]]:
    linked = published_cells(programme_of(PROGRAMME), region.current().areas).linked
    small = [int(cell) for cell in np.flatnonzero((counts > 0) & (counts < THRESHOLD))]
    return bounds(linked, Seen.of_suppressed(counts, hidden), small)


def test_every_small_count_of_a_release_withstands_the_attack(register, suppressing):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    counts, numbers = exact(QUARTER), shown(QUARTER)
    hidden = np.array([number is None for number in numbers])
    found = attacked(QUARTER, hidden, counts)
    assert {cell: span for cell, span in found.items() if span[0] > 0 or span[1] < THRESHOLD} == {}
    assert len(found) == ((counts > 0) & (counts < THRESHOLD)).sum() > 0
    assert [
        number for number, count in zip(numbers, counts, strict=True) if number not in (None, count)
    ] == []


def test_leaving_out_small_counts_alone_fails_the_same_attack(register, suppressing):
    counts = exact(QUARTER)
    found = attacked(QUARTER, (counts > 0) & (counts < THRESHOLD), counts)
    assert any(low == high for low, high in found.values())


@pytest.fixture(params=range(2))
def drawn(request, settings) -> None:
    """Some keys to draw with: what holds may not hang on luck."""
    settings.SECRET_KEY = f"key {request.param} of the tests"


def test_rounded_releases_hold_multiples_near_the_counts(register, drawn):
    """A total may be brought nearer to what is shown of its parts, but never beyond that."""
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    numbers, counts = np.array(shown(QUARTER)), exact(QUARTER)
    assert ((numbers % 5 == 0).all(), counts.max()) == (True, 30)
    linked = published_cells(programme_of(PROGRAMME), region.current().areas).linked
    off = np.full(linked.size, 4)
    for one in linked.sums:
        of_parts = abs(int(numbers[list(one.parts)].sum()) - int(counts[one.total]))
        off[one.total] = max(off[one.total], of_parts)
    assert np.flatnonzero(np.abs(numbers - counts) > off).tolist() == []


@pytest.mark.parametrize("day", [date(2023, 12, 30), date(2024, 1, 1), date(2023, 11, 30), date(2024, 2, 29)])
def test_a_day_beside_a_quarter_day_is_not_published(register, day):
    with pytest.raises(Invalid) as said:
        publish(PROGRAMME, by=COMMAND, on=day)
    assert (said.value.field, Release.objects.count()) == ("on", 0)


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2010, 12, 31)])
def test_what_is_not_yet_or_was_never_is_not_published(register, day):
    with pytest.raises(Invalid):
        publish(PROGRAMME, by=COMMAND, on=day)


def test_publishing_the_same_again_changes_nothing(register):
    first = publish(PROGRAMME, by=COMMAND, on=QUARTER)
    assert publish(PROGRAMME, by=COMMAND, on=QUARTER) == first
    assert Release.objects.count() == 1


def test_another_version_of_a_day_that_would_tell_who_came_is_refused(register, suppressing):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    wait(1, area=ANTWERP, group=3)
    with pytest.raises(Invalid):
        publish(PROGRAMME, by=COMMAND, on=QUARTER)
    assert Release.objects.count() == 1


def test_another_version_in_which_many_came_is_kept_beside_the_first(register, suppressing):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    for born in (date(1950, 1, 1), date(1990, 1, 1)):
        for _ in range(THRESHOLD):
            make_request(make_person(area=ANTWERP, born=born), group=3, asked=date(2023, 3, 1))
    second = publish(PROGRAMME, by=COMMAND, on=QUARTER)
    assert (second.version, release(PROGRAMME, QUARTER).versions) == (2, (2, 1))
    both = zip(shown(QUARTER), release(PROGRAMME, QUARTER, 1).numbers.values(), strict=True)
    changes = [abs(new - old) for new, old in both if new is not None and old is not None]
    assert (max(changes) >= THRESHOLD, [one for one in changes if 0 < one < THRESHOLD]) == (True, [])


def test_a_count_that_one_person_changed_since_the_last_release_is_left_out(
    register, suppressing, monkeypatch
):
    """Two exact numbers with one person between them would tell in which group that person is."""
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    wait(1, area=ANTWERP, group=3, asked=date(2024, 2, 1))
    publish(PROGRAMME, by=COMMAND, on=NEXT_QUARTER)
    before, after = release(PROGRAMME, QUARTER), release(PROGRAMME, NEXT_QUARTER)
    assert before.number(WAITING, ANTWERP, "3") == 12
    both = [
        (cell, old, after.numbers[cell])
        for cell, old in before.numbers.items()
        if old is not None and after.numbers[cell] is not None
    ]
    assert [(cell, new - old) for cell, old, new in both if 0 < abs(new - old) < THRESHOLD] == []
    # Nor can it be computed from the rest: it may be less or more by as much as the threshold.
    counts = exact(NEXT_QUARTER)
    hidden = np.array([number is None for number in after.numbers.values()])
    cell = list(after.numbers).index((WAITING, ANTWERP, "3", ""))
    linked = published_cells(programme_of(PROGRAMME), region.current().areas).linked
    low, high = bounds(linked, Seen.of_suppressed(counts, hidden), [cell])[cell]
    assert (low <= 13 - THRESHOLD, high >= 13 + THRESHOLD) == (True, True)


def test_without_that_protection_the_difference_tells(register, suppressing):
    before = exact(QUARTER)
    wait(1, area=ANTWERP, group=3, asked=date(2024, 2, 1))
    assert sorted(set((exact(NEXT_QUARTER) - before).tolist())) == [0, 1]


def test_rounded_releases_differ_by_multiples_only(register):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    wait(1, area=ANTWERP, group=3, asked=date(2024, 2, 1))
    publish(PROGRAMME, by=COMMAND, on=NEXT_QUARTER)
    difference = np.array(shown(NEXT_QUARTER)) - np.array(shown(QUARTER))
    assert set((difference % 5).tolist()) == {0}


def test_who_did_not_change_keeps_the_same_number(register):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    wait(1, area=ANTWERP, group=3, asked=date(2024, 2, 1))
    publish(PROGRAMME, by=COMMAND, on=NEXT_QUARTER)
    cell = (WAITING, BRUGES, "2", "")
    assert release(PROGRAMME, NEXT_QUARTER).numbers[cell] == release(PROGRAMME, QUARTER).numbers[cell]


def test_a_restricted_person_is_counted_and_protected_as_everybody(register, suppressing):
    person = make_person(area=AARTSELAAR)
    make_request(person, group=2, asked=date(2023, 3, 1))
    Person.objects.filter(pk=person.pk).update(restricted=True)
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    view = release(PROGRAMME, QUARTER)
    assert (exact(QUARTER).max(), view.number(WAITING, AARTSELAAR, "2")) == (31, None)


def test_the_page_and_both_files_say_the_same_numbers(register, client):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    here = f"/en/open/{PROGRAMME}/{QUARTER}"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{here}/v1.csv").content.decode("utf-8-sig"))))
    cells = client.get(f"{here}/v1.json").json()["cells"]
    assert [int(row["value"]) for row in rows] == [cell["value"] for cell in cells] == shown(QUARTER)
    page = client.get(f"{here}/?province=10000").content.decode()
    view = release(PROGRAMME, QUARTER)
    assert f">{view.number(WAITING, ANTWERP)}<" in page


def test_everybody_may_look_and_nobody_s_number_is_there(register, client):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    for path in (
        "",
        f"{PROGRAMME}/{QUARTER}/",
        f"{PROGRAMME}/{QUARTER}/v1.csv",
        f"{PROGRAMME}/{QUARTER}/v1.json",
    ):
        response = client.get(f"/nl/open/{path}")
        said = response.content.decode()
        assert (response.status_code, "V-0" in said, "P-0" in said, "Voorbeeld" in said) == (
            200,
            False,
            False,
            False,
        )


def test_the_latest_file_has_an_address_that_stays(register, client):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    publish(PROGRAMME, by=COMMAND, on=NEXT_QUARTER)
    response = client.get(f"/nl/open/{PROGRAMME}/latest.csv")
    assert response["Location"] == f"/nl/open/{PROGRAMME}/{NEXT_QUARTER}/v1.csv"


@pytest.mark.parametrize(
    "path",
    [
        "nothing/2023-12-31/",
        "personal-budget/2023-09-30/",
        "personal-budget/soon/",
        "personal-budget/2023-12-31/v9.csv",
    ],
)
def test_what_was_not_published_does_not_exist(register, client, path):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    assert client.get(f"/en/open/{path}").status_code == 404


@pytest.mark.parametrize("role", ["officer", "reader", "analyst", "assessor"])
def test_only_who_may_publish_publishes(register, role):
    with pytest.raises(Refused):
        publish(PROGRAMME, by=make_actor(role), on=QUARTER)
    assert publish(PROGRAMME, by=make_actor("signer"), on=QUARTER).version == 1


def test_to_publish_is_logged_with_who_did_it(register):
    signer = make_actor("signer")
    made = publish(PROGRAMME, by=signer, on=QUARTER)
    entry = LogEntry.objects.filter(verb="create", object_type="release").get()
    assert (entry.user_id, made.by_name, made.by_id) == (signer.user_id, signer.name, signer.user_id)


def test_the_list_of_releases_costs_the_same_for_one_and_for_three(register, django_assert_num_queries):
    publish(PROGRAMME, by=COMMAND, on=QUARTER)
    with django_assert_num_queries(1):
        assert len(releases()) == 1
    for day in (NEXT_QUARTER, date(2023, 9, 30)):
        publish(PROGRAMME, by=COMMAND, on=day)
    with django_assert_num_queries(1):
        assert [one.on for one in releases()] == [NEXT_QUARTER, QUARTER, date(2023, 9, 30)]
