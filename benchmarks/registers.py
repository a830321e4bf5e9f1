"""A register with many people, built once and kept in `var/benchmarks/`, for benchmarks to read."""

import os
import platform
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MILLION = 1_000_000


def machine() -> str:
    """One line about where this runs."""
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}, {_database()}"


def _database() -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    return (
        f"PostgreSQL {connection.pg_version // 10000}"
        if connection.vendor == "postgresql"
        else connection.vendor
    )


def open_home(name: str) -> None:
    """Point Veerkracht at a home of its own and bring its databases up to date."""
    if not os.environ.get("VEERKRACHT_DATABASE"):
        os.environ["VEERKRACHT_HOME"] = str(PROJECT / "var" / "benchmarks" / name)
    from veerkracht.cli.output import start_django

    start_django()


def many(size: int) -> None:
    """Open a register in which `size` requests wait; the first time it is built."""
    open_home(str(size))
    from veerkracht.register.people.models import Person
    from veerkracht.register.world import build

    if Person.objects.exists():
        return
    print(f"Building a register of {size:,} waiting requests, once …", flush=True)
    started = time.perf_counter()
    build(size=size, turns=False)
    print(f"  built in {time.perf_counter() - started:.0f} s", flush=True)
