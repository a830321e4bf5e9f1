"""The list at a million requests, for officers of one area and of all, through all of Django. Aim: p95 under 100 ms.

.venv/bin/python -m benchmarks.list_page             1,000,000 requests
.venv/bin/python -m benchmarks.list_page 100000      another number
"""

import re
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.registers import MILLION, machine, many

TIMES = 100
DEEP = 100
# Seconds after which enough has been seen of a slow page.
LONG_ENOUGH = 30
WHOLE = "demo-officer"


def main(size: int) -> None:
    many(size)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    print(machine())
    print(f"{size:,} waiting requests; 50 rows a page")
    print("  milliseconds: by the clock, and of the processor (which other work does not blur)")
    for who, username in officers().items():
        print(f"  {who:<32}{'p50':>9}{'p95':>9}{'cpu p50':>9}{'cpu p95':>9}{'queries':>9}")
        pages_of(username, everything=username == WHOLE)


def officers() -> dict[str, str]:
    """Who looks: an officer of the whole region, of its largest municipality, and of its largest province."""
    from django.db.models import Count

    from veerkracht import region
    from veerkracht.register.care.models import Request

    areas = region.current().areas
    largest = (
        Request.objects.values_list("area").annotate(count=Count("pk")).order_by("-count", "area").first()
    )
    province, count = areas.get_column("province").value_counts().sort("count", descending=True).row(0)
    return {
        "the whole region": WHOLE,
        "one municipality": _bound("municipality", largest[0]),
        f"a province, {count} municipalities": _bound("province", province),
    }


def _bound(kind: str, code: str) -> str:
    """An officer whose role is for one area; made the first time."""
    from datetime import date

    from veerkracht.register.people.models import Membership, User

    whole = Membership.objects.get(user__username=WHOLE)
    user, made = User.objects.get_or_create(username=f"officer-{kind}")
    if made:
        Membership.objects.create(
            user=user,
            organisation=whole.organisation,
            role="officer",
            area_kind=kind,
            area_code=code,
            from_date=date(2016, 1, 1),
        )
    return user.username


def pages_of(username: str, *, everything: bool) -> None:
    """The times of the list's pages for one officer; only the first few when not `everything`."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from veerkracht.register.care.models import Request
    from veerkracht.register.people.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))

    def get(query: str) -> bytes:
        answer = client.get(f"/nl/list/{query}")
        assert answer.status_code == 200, (query, answer.status_code)
        return answer.content

    def measure(name: str, query: Callable[[], str], times: int = TIMES) -> None:
        taken, worked = [], []
        get(query())
        begun = time.perf_counter()
        for _ in range(times):
            if time.perf_counter() - begun > LONG_ENOUGH:
                break
            asked = query()
            started, cpu = time.perf_counter(), time.process_time()
            get(asked)
            taken.append(1000 * (time.perf_counter() - started))
            worked.append(1000 * (time.process_time() - cpu))
        asked = query()
        with CaptureQueriesContext(connections["default"]) as asked_of_register:
            get(asked)
        figures = [*np.percentile(taken, [50, 95]), *np.percentile(worked, [50, 95])]
        print(f"  {name:<32}{''.join(f'{value:9.1f}' for value in figures)}{len(asked_of_register):9}")

    numbers = np.random.default_rng(1)
    known = list(Request.objects.order_by("id").values_list("number", flat=True)[:10_000])
    areas = sorted(set(Request.objects.values_list("area", flat=True)[:5_000]))
    measure("first page", lambda: "")
    measure("one priority group", lambda: f"?group={numbers.integers(1, 4)}")
    measure("one municipality", lambda: f"?area={areas[numbers.integers(len(areas))]}")
    measure("by a number", lambda: f"?q={known[numbers.integers(len(known))]}")
    measure("by the beginning of a name", lambda: "?q=voorbeelds+te")
    measure("by the date of the request", lambda: "?sort=request_date")
    if not everything:
        return
    measure("by name", lambda: "?sort=name")
    measure("a higher budget, by amount", lambda: "?kind=increase&sort=amount")
    started, cpu = time.perf_counter(), time.process_time()
    get("?on=2023-06-30")
    took, worked = 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - cpu)
    print(f"  {'as of a day, first time':<32}{took:9.0f}{'':9}{worked:9.0f}")
    measure("as of a day, again", lambda: "?on=2023-06-30", 20)
    if Request.objects.count() < 2 * DEEP * 50:
        return
    pages = _pages_on(get)
    measure(f"deep: page {DEEP} and on", lambda: next(pages), 50)


def _pages_on(get: Callable[[str], bytes]) -> Iterator[str]:
    """The addresses of pages further and further on."""
    query, count = "", 0
    while True:
        found = re.search(rb'rel="next" href="([^"]+)"', get(query))
        assert found, "no next page"
        query = found.group(1).decode().replace("&amp;", "&")
        count += 1
        if count >= DEEP:
            yield query


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION)
