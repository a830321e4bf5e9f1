"""Which places fit, in which order, and why: by the rules of Testland and in a fixed number of queries."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests import factories
from tests.crisis.making import COMMAND, MOTHER, make_call, make_search, make_shelter, make_worker, of
from veerkracht.region.loading import load
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Search
from veerkracht.register.crisis.needs import Need
from veerkracht.register.crisis.queries import demand, probing
from veerkracht.register.crisis.queries.counts import counts
from veerkracht.register.crisis.queries.desk import search_view
from veerkracht.register.crisis.queries.matches import matches
from veerkracht.register.crisis.queries.room import room
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.supply.access import list_services
from veerkracht.register.supply.actions import close_unit, confirm_hold, hold_place
from veerkracht.rulebook.matching import COLUMNS, choose, judged

SAFETY = "Left out for safety."
AREAS = ("north", "south", "west")


@pytest.mark.parametrize(
    ("sleeps", "persons", "taken"),
    [
        ([4, 2, 1], 3, (0,)),
        ([2, 4, 3], 3, (2,)),
        ([2, 2, 1], 3, (0, 2)),
        ([1, 1], 3, None),
        ([5, 2, 2], 7, (0, 1)),
        ([], 1, None),
        ([3, 3], 1, (0,)),
    ],
)
def test_as_few_places_as_can_be_and_the_last_one_as_small(sleeps, persons, taken):
    assert choose(sleeps, persons) == taken


def found(worker, **facts) -> list[str]:
    return [match.name for match in matches(worker, make_search(worker, **facts)).found]


def left_out(worker, **facts) -> dict[str, int]:
    return {one.reason.en: one.services for one in matches(worker, make_search(worker, **facts)).left_out}


@pytest.mark.django_db
def test_own_zone_first_then_as_close_a_fit_as_can_be_then_nearest(worker):
    for name, area, sleeps in (
        ("Far", "west", (2,)),
        ("Large", "north", (4,)),
        ("South", "south", (2,)),
        ("Near", "north", (2,)),
    ):
        make_shelter(name, area=area, sleeps=sleeps)
    assert found(worker) == ["Near", "South", "Large", "Far"]
    assert found(worker, furthest_km=10) == ["Near", "Large"]
    # West never falls back on another zone.
    assert found(worker, from_area="west") == ["Far"]
    first = matches(worker, make_search(worker)).found[0]
    assert (first.area, round(first.km or 0), first.units, first.spare_beds, first.zone_step) == (
        "north", 0, ("Room 1",), 0, 0,
    )  # fmt: skip
    assert "There is room." in [reason.en for reason in first.reasons]


@pytest.mark.django_db
def test_school_and_work_weigh_each_by_its_own_rule_and_by_who_minds(worker):
    for name, area in (("North", "north"), ("South", "south")):
        make_shelter(name, area=area)
    here, there = ["North", "South"], ["South", "North"]
    # North is 22 km from South: near enough to where this region goes to work from is 15.
    for facts, order in (
        ({}, here),
        ({"schools": ("south",)}, there),
        ({"works": ("south",)}, there),
        ({"works": ("north",)}, here),
        ({"schools": ("north",), "works": ("south",)}, here),
        ({"children": (8, 3), "schools": ("", "south")}, there),
        # Of two schools the farthest counts, as far from both; then work decides.
        ({"children": (8, 3), "schools": ("north", "south"), "works": ("south",)}, there),
        # What an older search meant this region never weighed.
        ({"near_area": "south"}, here),
    ):
        assert found(worker, **facts) == order, facts


@pytest.mark.django_db
def test_who_goes_to_which_school_stays_with_the_child_and_is_searched_again(worker):
    search = make_search(
        worker, adults=2, children=(8, 3, 8), schools=("", "south", "north"), works=("", "west")
    )
    assert (search.children, search.schools) == ([3, 8, 8], ["south", "north", ""])
    assert (search.works, make_search(worker, schools=("",)).schools) == (["", "west"], [])
    actions.none_found(search, by=worker, reason="all-full", fallback="inn")
    again = actions.search_again(search, by=worker)
    assert (again.children, again.schools, again.works) == (search.children, search.schools, search.works)


def test_in_flanders_school_goes_before_work_and_an_old_search_weighs_as_it_did():
    rules = load(Path(__file__).parents[2] / "regions" / "flanders").crisis.matching
    asked = {
        "school": [(25.0, 25.0, None), (10.0, 25.0, None)],
        "work": [(None, 45.0, None), (None, 35.0, None)],
        "neither": [(None, None, 21.0), (None, None, 20.0), (None, None, None), (10.0, None, 90.0)],
    }
    rows = [row for rows in asked.values() for row in rows]
    facts = {name: pl.Series([None] * len(rows), dtype=kind) for name, (kind, _) in COLUMNS.items()}
    near = dict(zip(("school_km", "work_km", "near_km"), map(list, zip(*rows, strict=True)), strict=True))
    table = judged(pl.DataFrame({**facts, **near}), rules, date(2024, 1, 15))
    assert list(table.select("key.school", "key.work").iter_rows()) == [
        (1, 0), (0, 0), (0, 1), (0, 0), (1, 0), (0, 0), (0, 0), (0, 0),
    ]  # fmt: skip
    order = [one.id for one in rules.preferences]
    assert order.index("school") < order.index("work") < order.index("near")


@pytest.mark.django_db
def test_what_a_service_takes_is_what_it_said_itself(worker):
    make_shelter("Minors", kinds=("bed-minor",), adults=False, from_age=6, to_age=17)
    make_shelter("Pets", pets=True, from_age=0, to_age=10)
    assert found(worker, pets=1) == ["Pets"]
    assert left_out(worker, pets=1, children=(12,)) == {"Does not take them in.": 1}
    minor = {"kind": "bed-minor", "adults": 0}
    assert [found(worker, **minor, children=ages) for ages in ((8,), (5,), (8, 17))] == [
        ["Minors"],
        [],
        ["Minors"],
    ]


@pytest.mark.django_db
def test_danger_leaves_out_and_does_not_say_by_what(worker):
    make_shelter("Here")
    guarded = make_shelter("There", area="west")
    by = of("There vzw", "admission", name="Karim Bakkali")
    assert found(worker, avoid_areas=("north",)) == ["There"]
    assert left_out(worker, avoid_areas=("north",)) == {SAFETY: 1}
    # Who works there, who stays there and whom a desk brought there.
    assert (found(worker, avoid_names=("bakkali karim",)), by.name) == (["Here"], "Karim Bakkali")
    person = factories.make_person(given="Dirk", family="Danger")
    request = factories.make_request(
        person, programme="day-money", kind="first", group=None, state="asked", category=None
    )
    unit = guarded.units.create(name="Room 9", from_date=clock.today())
    hold = hold_place(unit, by=COMMAND, minutes=10)
    type(hold).objects.filter(pk=hold.pk).update(request=request)
    confirm_hold(hold, by=COMMAND)
    assert (found(worker, avoid_names=("Dirk Danger",)), found(worker, avoid_names=("Dirk Other",))) == (
        ["Here"], ["Here", "There"],
    )  # fmt: skip
    call = make_call(worker)
    actions.identify(call, [MOTHER], by=worker)
    actions.hold_for(make_search(worker, call), guarded, by=worker)
    assert left_out(worker, avoid_names=("Amina El Fassi",))[SAFETY] == 1


@pytest.mark.django_db
def test_a_secret_address_is_told_to_the_desk_that_confirmed_the_place_alone(worker):
    shelter = make_shelter("House Fable", secret=True, address="Hidden Lane 7")
    search = make_search(worker)
    (match,) = matches(worker, search).found
    assert (match.secret, match.area, match.km, match.zone.en) == (True, "", None, "Upper")
    actions.hold_for(search, shelter, by=worker)
    assert search_view(worker, search.number).held.address == ""
    actions.confirm(search, by=worker)
    assert search_view(worker, search.number).held.address == "Hidden Lane 7"
    looked = LogEntry.objects.filter(fields=["hidden-address"])
    assert (looked.count(), "Hidden" in str(looked.values())) == (1, False)
    for role in ("officer", "case-worker"):
        assert shelter not in list_services(of("Elsewhere", role))
    with pytest.raises(Refused):
        search_view(make_worker("Desk South"), search.number)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "castle"}, "kind"),
        ({"adults": 0, "children": ()}, "adults"),
        ({"adults": 21}, "adults"),
        ({"children": (8, 40)}, "children"),
        ({"children": (-1,)}, "children"),
        ({"pets": -1}, "pets"),
        ({"nights": 0}, "nights"),
        ({"furthest_km": 0}, "furthest_km"),
        ({"from_area": "moon"}, "from_area"),
        ({"near_area": "moon"}, "near_area"),
        ({"schools": ("moon",)}, "schools"),
        ({"schools": ("north", "south")}, "schools"),
        ({"works": ("north", "south")}, "works"),
        ({"avoid_areas": ("moon",)}, "avoid_areas"),
        ({"languages": ("klingon",)}, "languages"),
        ({"avoid_names": ("x" * 101,)}, "avoid_names"),
        ({"kind": "bed-minor"}, "adults"),
    ],
)
def test_a_need_that_can_not_be_is_refused_at_its_field(worker, wrong, field):
    with pytest.raises(Invalid) as fault:
        make_search(worker, **wrong)
    assert fault.value.field == field
    assert "Karim" not in repr(Need("shelter", "north", avoid_names=("Karim",)))


@pytest.mark.django_db
def test_as_many_queries_for_one_service_as_for_three(worker, django_assert_num_queries):
    search = make_search(worker, avoid_names=("Karim Bakkali",), languages=("fr",))
    counted = []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            make_shelter(name, languages=("fr",))
        with clock.one_look(), django_assert_num_queries(QUERIES) as made:
            counted.append((len(matches(worker, search).found), len(made)))
    assert [one for one, _ in counted] == [1, 3]


QUERIES = 8


@pytest.mark.django_db
def test_all_that_was_asked_counts_and_outside_the_desk_nobody_can_be_found_in_it(worker):
    make_shelter("Near", sleeps=(2,) * 4)
    make_shelter("Far", area="west", sleeps=(2,))
    outcomes = []
    for turn in range(7):
        search = make_search(worker)
        if turn < 5:
            service = matches(worker, search).found[0].service
            actions.hold_for(search, list_services(worker).get(pk=service), by=worker)
            actions.confirm(search, by=worker)
        elif turn == 5:
            actions.none_found(search, by=worker, reason="all-full", fallback="inn")
        outcomes.append(search)
    make_search(make_worker("Desk South"), from_area="west")
    day = clock.today()
    own = counts(worker, "zone", day, day)
    assert [(row.name.en, *row.counts.values()) for row in own.rows] == [
        ("Upper", 7, 4, 1, 1, 1),
        ("Lower", 0, 0, 0, 0, 0),
    ]
    assert own.is_exact
    planner = of("Elsewhere", "analyst")
    theirs = counts(planner, "zone", day, day)
    shown = [number for row in (*theirs.rows, theirs.total) for number in row.counts.values()]
    assert ({number % 3 for number in shown}, theirs.is_exact) == ({0}, False)
    assert counts(planner, "zone", day, day) == theirs
    for way in ("hour", "kind", "channel"):
        assert sum(row.counts["all"] for row in counts(worker, way, day, day).rows) == 7
    now = clock.now()
    table = demand.searches(demand.Period(now - timedelta(hours=1), now + timedelta(hours=1)))
    assert demand.by(table, ["zone"]).rows() == [("lower", 1, 0, 0, 0, 1), ("upper", 7, 4, 1, 1, 1)]
    with pytest.raises(Refused):
        counts(of("Elsewhere", "officer"), "zone", day, day)
    for way, until in (("colour", day), ("zone", day - timedelta(1))):
        with pytest.raises(Invalid):
            counts(worker, way, day, until)


@pytest.mark.django_db
def test_of_a_secret_address_no_search_tells_more_than_its_zone(worker):
    """Wherever in the zone it lies, it is as far as its zone is: neither its place in the order nor a limit tells."""
    make_shelter("Known", area="north")
    for area in ("north", "south"):
        secret = make_shelter(f"House {area}", area=area, secret=True)
        seen = [
            found(worker, from_area=from_area, near_area=near, furthest_km=km)
            for from_area, near in (("north", "south"), ("south", "north"))
            for km in (None, 1)
        ]
        assert [names.index(f"House {area}") for names in seen] == [1, 1, 0, 0], seen
        of_each = [found(worker, **{name: (code,)}) for name in ("schools", "works") for code in AREAS]
        assert [names.index(f"House {area}") for names in of_each] == [1, 0, 0, 1, 0, 1], of_each
        # From danger it is as far as it is: who is in danger goes first.
        assert [f"House {area}" in found(worker, avoid_areas=(code,)) for code in ("north", "south")] == [
            area != "north",
            area != "south",
        ]
        close_unit(secret.units.get(), by=COMMAND, reason="flood")


@pytest.mark.django_db
def test_who_keeps_asking_what_to_avoid_and_holds_nothing_is_told_of(worker):
    make_shelter("House Fable", secret=True)
    auditor = of("The auditors", "auditor")
    many = probing.DAY.most + 1
    for turn in range(many):
        assert probing.probing(auditor) == []
        make_search(
            worker, **({"avoid_areas": ("west",)} if turn % 2 else {"avoid_names": ("Amina El Fassi",)})
        )
    (one,) = probing.probing(auditor)
    assert (one.worker, one.desk, one.in_a_day, one.in_a_month) == (worker.name, "Desk North", many, many)
    told = LogEntry.objects.filter(object_type="avoided")
    assert (told.count(), told.get().user_id, "Amina" in str(told.values())) == (1, worker.user_id, False)
    # Who avoids nothing and who held a place do not count.
    held = Search.objects.order_by("pk").last()
    actions.hold_for(held, list_services(worker).get(), by=worker)
    make_search(worker)
    assert probing.probing(auditor) == []
    with pytest.raises(Refused):
        probing.probing(worker)


@pytest.mark.django_db
def test_who_asks_patiently_is_told_of_too_and_what_was_long_ago_is_forgotten(worker):
    auditor = of("The auditors", "auditor")
    for days in range(1, probing.MONTH.most + 1):
        asked = make_search(worker, avoid_areas=("west",))
        earlier = asked.made_at - timedelta(days=days)
        Search.objects.filter(pk=asked.pk).update(made_at=earlier, updated_at=earlier)
    assert probing.probing(auditor) == []
    last = make_search(worker, avoid_areas=("west",))
    (one,) = probing.probing(auditor)
    assert (one.in_a_day, one.in_a_month, one.last_at) == (1, probing.MONTH.most + 1, last.made_at)
    assert LogEntry.objects.filter(object_type="avoided").count() == 1
    long_ago = last.made_at - probing.MONTH.lasts
    Search.objects.filter(pk=last.pk).update(made_at=long_ago, updated_at=long_ago)
    assert probing.probing(auditor) == []


@pytest.mark.django_db
def test_how_many_places_there_are_is_told_by_zone_and_never_of_one_house(worker):
    make_shelter("House Fable", sleeps=(2,) * 7, secret=True, address="Hidden Lane 7")
    actions.hold_for(make_search(worker), list_services(worker).get(), by=worker)
    make_shelter("Beds", area="west", kinds=("bed-minor", "shelter"), sleeps=(1, 1))
    with clock.one_look():
        own = room(worker)
    cells = [(row.zone.en, *((one.open, one.taken) for one in row.cells)) for row in own.rows]
    assert (cells, own.is_exact) == (
        [
            ("Upper", (7, 1), (0, 0), (0, 0)),
            ("Lower", (2, 0), (2, 0), (0, 0)),
            ("Together", (9, 1), (2, 0), (0, 0)),
        ],
        True,
    )
    planner = of("Elsewhere", "analyst")
    theirs = room(planner)
    shown = [number for row in theirs.rows for one in row.cells for number in (one.open, one.taken)]
    assert ({number % 3 for number in shown}, theirs.is_exact, room(planner)) == ({0}, False, theirs)
    with pytest.raises(Refused):
        room(of("Elsewhere", "officer"))
