"""An empty register of one's own for a benchmark, on SQLite or on a PostgreSQL of its own; gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path


@contextmanager
def scratch(database: str) -> Iterator[Path]:
    """Gives a folder for files. To be opened before anything of the register is read."""
    from veerkracht.cli import postgres

    with tempfile.TemporaryDirectory() as home:
        os.environ["VEERKRACHT_HOME"] = home
        with postgres.server(lasting=True) if database == "postgresql" else nullcontext("") as address:
            os.environ["VEERKRACHT_DATABASE"] = address
            if address:
                make_databases(address)
            yield from _open(Path(home))


def make_databases(address: str) -> None:
    """The register's and the log's, of which `address` names the first."""
    import psycopg

    server, name = address.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for one in (name, f"{name}_log"):
            connection.execute(f'CREATE DATABASE "{one}"')


def _open(home: Path) -> Iterator[Path]:
    from veerkracht.cli.output import start_django

    start_django()
    from django.db import connections

    try:
        yield home
    finally:
        connections.close_all()
