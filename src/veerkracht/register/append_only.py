"""Triggers that make a table append-only: rows can be added, never changed or taken away, whoever asks.

One exception is written in law, and here: what somebody wrote about a person may have to be cleared one day. A row
of a table in `CLEARED` can lose those texts, and nothing else, while a permit that names the row is open in the
same transaction (`log/permits.py`). No permit lets a row go.

Used by migrations. A later migration that makes Django rebuild such a table on SQLite must protect it again;
`unprotected` tells verify when that was forgotten. One that rebuilds a table of permits on SQLite must release the
tables in `CLEARED` first: their triggers name it.
"""

from django.db import connections
from django.db.backends.utils import CursorWrapper

# Tables by the database they are in. The name of a trigger is also the name of the rule it holds.
APPEND_ONLY = {
    "log": ("log_logentry", "log_permit", "log_permitrow", "log_permitclosure"),
    "default": (
        "care_step",
        "money_entry",
        "money_posting",
        "money_linecredit",
        "payments_bankmessage",
        "payments_orderstep",
        "published_release",
        "published_moneyrelease",
        "supply_holdstep",
        "residence_residenceevent",
        "residence_dayprice",
        "residence_daypricepart",
        "supply_recognition",
        "supply_awardstep",
        "results_report",
        "results_confirmation",
        "results_reconciliationnote",
        "quality_indicatorvalue",
        "quality_signal",
        "assessments_assessment",
        "lists_entrystep",
        "people_move",
        "offers_vacancystep",
        "offers_offerstep",
        "offers_passedover",
        "staff_staffcount",
        "staff_staffflow",
        "staff_traininginflow",
        "crisis_consult",
        "crisis_searchstep",
        "crisis_searchhold",
        "crisis_nonefound",
        "shelter_staystep",
        "shelter_guestconsent",
        "shelter_handover",
        "shelter_counsellingstep",
        "shelter_campaignreach",
        "shelter_offlinenote",
        "log_in_register_kepthead",
        "log_in_register_permit",
        "log_in_register_permitrow",
        "log_in_register_permitclosure",
    ),
}
# What a column of such a table becomes under a permit, as SQL; every other column stays as it is.
CLEARED = {
    "log_logentry": {"purpose": "''", "detail": "'{}'", "salt": "''"},
    "assessments_assessment": {
        "items": "'{}'",
        "outcome": "''",
        "author": "'–'",
        "by_name": "'–'",
        "why": "'–'",
    },
    "people_move": {"by_name": "'–'"},
    "lists_entrystep": {"facts": "NULL", "by_name": "'–'"},
    "offers_offerstep": {"text": "'–'", "by_name": "'–'"},
    "offers_passedover": {"text": "'–'"},
    "care_step": {"text": "''", "facts": "NULL", "by_name": "'–'"},
}
# Where the permits of a database are; each with `row` and `closure` behind its name.
PERMITS = {"log": "log_permit", "default": "log_in_register_permit"}
_EVENTS = ("update", "delete")

_NEVER = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%_is_append_only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_UNLESS = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {allowed} THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{table}_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
# A permit is open as long as its closure isn't there; a foreign key lets none be committed open.
_PERMITTED = """EXISTS (
    SELECT 1 FROM {permit}row r JOIN {permit} p ON p.id = r.permit_id
    WHERE r.table_name = '{table}' AND r.row_id = OLD.id
    AND NOT EXISTS (SELECT 1 FROM {permit}closure c WHERE c.id = p.closure_id)
)"""


def protect(alias: str, table: str) -> None:
    """Make a table append-only. Where a database has permits, a table in `CLEARED` can be cleared under one."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        allowed = _allowed(alias, table, cursor)
        if connection.vendor == "postgresql":
            _protect_on_postgresql(cursor, table, allowed)
        else:
            _protect_on_sqlite(cursor, table, allowed)


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


def _protect_on_postgresql(cursor: CursorWrapper, table: str, allowed: str) -> None:
    cursor.execute(_NEVER)
    function = "append_only"
    if allowed:
        function = f"{table}_append_only"
        cursor.execute(_UNLESS.format(table=table, allowed=allowed))
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )


def _protect_on_sqlite(cursor: CursorWrapper, table: str, allowed: str) -> None:
    for event in _EVENTS:
        unless = f"WHEN NOT ({allowed}) " if allowed and event == "update" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}")
        cursor.execute(
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} {unless}"
            f"BEGIN SELECT RAISE(ABORT, '{table}_is_append_only'); END"
        )


def _allowed(alias: str, table: str, cursor: CursorWrapper) -> str:
    """The condition on which a row may be changed, as SQL; "" for never."""
    connection, permit = connections[alias], PERMITS[alias]
    if table not in CLEARED or f"{permit}closure" not in connection.introspection.table_names(cursor):
        return ""
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    conditions = []
    for column in connection.introspection.get_table_description(cursor, table):
        # A column may bear a word of SQL, as `on`.
        name = connection.ops.quote_name(column.name)
        kept = f"NEW.{name} {same} OLD.{name}"
        cleared = CLEARED[table].get(column.name)
        conditions.append(f"({kept} OR NEW.{name} {same} {cleared})" if cleared else kept)
    return " AND ".join([*conditions, _PERMITTED.format(permit=permit, table=table)])


def _triggers(alias: str, table: str) -> int:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        query = "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    else:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return int(cursor.fetchone()[0])
