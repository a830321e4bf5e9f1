"""Choosing the next for a vacancy: 100,000 requests, 800 homes, beside a naive way. Aim: under 100 ms.

.venv/bin/python -m benchmarks.vacancies                              100,000 requests, 800 homes, on SQLite
.venv/bin/python -m benchmarks.vacancies --database postgresql        on a PostgreSQL of its own
.venv/bin/python -m benchmarks.vacancies --requests 10000 --homes 80  smaller

Each request stands on the lists of three homes, one in twenty comes as a couple. Both ways must name the same person.
"""

import argparse
import random
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from benchmarks.scratch import scratch

CHOICES = 3
COUPLES = 20
TIMES, NAIVE_TIMES = 100, 5
TODAY = date(2024, 1, 15)
RULES, PROGRAMME, KIND = "example-points", "residential-care", "permanent"


def main(requests: int, homes: int) -> None:
    from django.db import connection

    from benchmarks.registers import machine
    from veerkracht.register import clock
    from veerkracht.register.lists.models import Entry

    clock.stand_still_on(TODAY)
    dice = random.Random(8)
    began = time.perf_counter()
    services = build(requests, homes, dice)
    with connection.cursor() as cursor:
        # What a database that lives does by itself: it knows how its tables are filled.
        cursor.execute("ANALYZE")
    print(machine())
    print(
        f"{requests:,} requests, {Entry.objects.count():,} entries, {homes:,} homes; "
        f"built in {time.perf_counter() - began:.0f} s"
    )
    asked = [dice.choice(services) for _ in range(TIMES)]
    assert [first(one) for one in asked[:2]] == [naive(one) for one in asked[:2]]
    print("  milliseconds: by the clock, and of the processor (which other work does not blur)")
    print(f"  {'':<46}{'p50':>9}{'p95':>9}{'cpu p50':>9}{'cpu p95':>9}{'queries':>9}")
    tell("the next, by the home's own rules", first, asked)
    tell("the same, entry by entry through the ORM", naive, asked[:NAIVE_TIMES])


def first(service) -> int | None:
    """The entry of who is to be offered a place: all that the page and the signature do to choose."""
    from veerkracht.register.offers.models import Vacancy
    from veerkracht.register.offers.queries.line import line
    from veerkracht.register.supply.models import Unit

    # A room for one, of which nobody declined it yet: no page is timed with the making of it.
    vacancy = Vacancy(pk=0, unit=Unit(service=service))
    return next((one.ids[0] for one in line(service, [vacancy]) if not one.hindrance), None)


def naive(service) -> int | None:
    """The same rules as a program would do it that asks the database about each entry in turn."""
    from veerkracht.register.care.models import Request
    from veerkracht.register.lists.models import Entry
    from veerkracht.register.supply.models import Hold

    found = []
    for entry in Entry.objects.filter(service=service, state="waiting"):
        request = entry.request
        bundle = request.bundle
        need = request.person.assessments.filter(instrument="katz", on__lte=TODAY).order_by("on").last()
        alone = bundle is None or Request.objects.filter(bundle=bundle, live=True).count() == 1
        held = Hold.objects.filter(request=request, state__in=["held", "confirmed"]).exists()
        if not (request.live and need and alone and entry.when_ready == "now") or held:
            continue
        if (TODAY - request.person.birth_date).days < 65 * 365.25:
            continue
        points = {"c": 5, "cd": 5, "b": 3, "d": 3, "a": 1}.get(need.outcome, 0)
        points += 3 if request.area == service.area else 0
        found.append((-points, entry.list_date, entry.pk))
    return min(found)[2] if found else None


def tell(name: str, choose: Callable, services: list) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken, worked = [], []
    choose(services[0])
    for service in services:
        started, cpu = time.perf_counter(), time.process_time()
        choose(service)
        taken.append(1000 * (time.perf_counter() - started))
        worked.append(1000 * (time.process_time() - cpu))
    with CaptureQueriesContext(connection) as queries:
        choose(services[0])
    p50, p95 = np.percentile(taken, [50, 95])
    cpu50, cpu95 = np.percentile(worked, [50, 95])
    print(f"  {name:<46}{p50:9.1f}{p95:9.1f}{cpu50:9.1f}{cpu95:9.1f}{len(queries):9}")


def build(requests: int, homes: int, dice: random.Random) -> list:
    """Homes, people who ask, their measured need and their entries; past the actions, for size."""
    from django.db import transaction

    from veerkracht import region
    from veerkracht.register.people.models import Organisation
    from veerkracht.register.supply.models import Service

    codes = region.current().areas.get_column("code").to_list()
    with transaction.atomic():
        owner = Organisation.objects.create(name="Homes", kind="provider")
        services = Service.objects.bulk_create(
            Service(
                organisation=owner,
                programme=PROGRAMME,
                name=f"Home {number}",
                area=dice.choice(codes),
                rules=RULES,
            )
            for number in range(homes)
        )
        for start in range(0, requests, 10_000):
            _people(min(10_000, requests - start), services, codes, dice)
    return services


def _people(size: int, services: list, codes: list[str], dice: random.Random) -> None:
    from veerkracht.register.people import numbers
    from veerkracht.register.people.models import Person

    people = Person.objects.bulk_create(
        Person(
            number=number,
            given_name="Fien",
            family_name="Voorbeeld",
            search_name="voorbeeld fien",
            birth_date=date(1925 + dice.randrange(36), 1 + dice.randrange(12), 15),
            area=dice.choice(codes),
            fictitious=True,
        )
        for number in numbers.take(numbers.PERSON, size)
    )
    _needs(people, dice)
    _entries(_asked(people), services, dice)


def _asked(people: list) -> list:
    from veerkracht.register import clock
    from veerkracht.register.care.models import Request
    from veerkracht.register.people import numbers

    at = clock.now()
    return Request.objects.bulk_create(
        Request(
            number=number,
            person=person,
            programme=PROGRAMME,
            kind=KIND,
            state="asked",
            live=True,
            request_date=date(2022, 1, 1),
            area=person.area,
            # Two after each other come together.
            bundle=person.pk // 2 * 2 if person.pk // 2 % COUPLES == 0 else None,
            updated_at=at,
        )
        for number, person in zip(numbers.take(numbers.REQUEST, len(people)), people, strict=True)
    )


def _needs(people: list, dice: random.Random) -> None:
    from veerkracht.register import clock
    from veerkracht.register.assessments.models import Assessment

    at = clock.now()
    Assessment.objects.bulk_create(
        Assessment(
            person=person,
            instrument="katz",
            version="2013",
            on=date(2023, 6, 1),
            valid_until=date(2024, 6, 1),
            items={},
            outcome=dice.choice(["o", "a", "b", "c", "cd", "d"]),
            author="A doctor",
            author_kind="physician",
            by_name="benchmark",
            recorded_at=at,
        )
        for person in people
    )


def _entries(requests: list, services: list, dice: random.Random) -> None:
    from veerkracht.register import clock
    from veerkracht.register.lists.models import Entry

    at, entries = clock.now(), []
    for request in requests:
        day = date(2022, 1, 1) + timedelta(days=dice.randrange(730))
        # A couple asks the same homes.
        chosen = random.Random(request.bundle or request.pk).sample(services, CHOICES)
        entries += [
            Entry(
                request=request,
                service=service,
                preference=place,
                registered_on=day,
                list_date=day,
                when_ready="now",
                state="waiting",
                updated_at=at,
            )
            for place, service in enumerate(chosen, 1)
        ]
    Entry.objects.bulk_create(entries)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--requests", type=int, default=100_000)
    words.add_argument("--homes", type=int, default=800)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = words.parse_args()
    with scratch(given.database):
        main(given.requests, given.homes)
