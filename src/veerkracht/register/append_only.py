"""Triggers that make a table append-only: rows can be added, never changed or taken away, whoever asks.

Used by migrations. A later migration that makes Django rebuild such a table on SQLite must protect it again;
`unprotected` tells verify when that was forgotten.
"""

from django.db import connections

# Tables by the database they are in. The name of a trigger is also the name of the rule it holds.
APPEND_ONLY = {
    "log": ("log_logentry",),
    "default": ("care_step", "money_entry", "money_posting", "supply_holdstep"),
}
_EVENTS = ("update", "delete")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%_is_append_only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(alias: str, table: str) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION append_only()"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
            return
        for event in _EVENTS:
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}_is_append_only'); END"
            )


def release(alias: str, table: str) -> None:
    """Take the protection away; only a migration that rebuilds the table, or a test that cleans up, has a
    reason to.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            return
        for event in _EVENTS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}")


def unprotected() -> list[str]:
    """Append-only tables that miss a trigger."""
    return [table for alias, tables in APPEND_ONLY.items() for table in tables if _triggers(alias, table) < 2]


def _triggers(alias: str, table: str) -> int:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        query = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    else:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return int(cursor.fetchone()[0])
