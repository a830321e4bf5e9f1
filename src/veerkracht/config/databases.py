"""The two databases: the register, and the log of who looked and changed, which outlives a rollback."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# How long anybody waits for somebody else's lock before they are told to try again.
LOCK_SECONDS = 30
# IMMEDIATE takes the write lock when a transaction starts, so that writers wait in turn instead of
# failing half-way; recursive_triggers makes INSERT OR REPLACE meet the append-only triggers too.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": LOCK_SECONDS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
    ),
}


def databases(url: str, log_url: str, home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: PostgreSQL by URL, else SQLite files in the home.

    Without a URL of its own the log lies beside the register, under the same name followed by `_log`.
    """
    if not url:
        return {"default": _sqlite(home, "register"), "log": _sqlite(home, "log")}
    default = _by_url(url)
    log = _by_url(log_url) if log_url else {**default, "NAME": f"{default['NAME']}_log"}
    return {"default": default, "log": log}


def _sqlite(home: Path, name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / f"{name}.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": 600,
        # A file, not memory: columns are read over a connection of their own.
        "TEST": {"NAME": str(home / f"test-{name}.sqlite3")},
    }


def _by_url(url: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError as error:
        # Not the address itself: a password may stand in it.
        raise ImproperlyConfigured(
            "VEERKRACHT_DATABASE is not an address of a database. "
            "Expected: postgres://user:password@host:5432/name."
        ) from error
    if found["ENGINE"].endswith("postgresql"):
        found.setdefault("OPTIONS", {}).setdefault("options", f"-c lock_timeout={LOCK_SECONDS}s")
    return found


class LogRouter:
    """Sends the app `log` to its own database, and everything else to the register's."""

    def db_for_read(self, model: Any, **_: Any) -> str:
        return self._database(model._meta.app_label)

    def db_for_write(self, model: Any, **_: Any) -> str:
        return self._database(model._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        return db == self._database(app_label)

    def _database(self, app_label: str) -> str:
        return "log" if app_label == "log" else "default"
