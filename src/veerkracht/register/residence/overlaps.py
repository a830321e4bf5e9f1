"""The trigger that keeps a person out of two beds on one day: a rule about two rows, which no check can hold.

Used by a migration. A later one that makes Django rebuild the table on SQLite must keep it out again.
"""

from django.db import connection

NAME = "residence_overlaps_another"
_TABLE = "residence_residence"
_OVERLAP = f"""EXISTS (
    SELECT 1 FROM {_TABLE} other WHERE other.person_id = NEW.person_id AND other.id <> NEW.id
    AND (other.until_date IS NULL OR other.until_date > NEW.from_date)
    AND (NEW.until_date IS NULL OR NEW.until_date > other.from_date)
)"""  # noqa: S608  our own table  # nosec B608


def refuse_overlaps() -> None:
    """Have the database refuse two residences of one person on one day; for a migration, on either database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {_OVERLAP} THEN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF person_id, from_date, until_date "
                f"ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()"
            )
            return
        # After the row is there, so that one without a number yet has its own.
        for event in ("INSERT", "UPDATE OF person_id, from_date, until_date"):
            word = event.split()[0].lower()
            cursor.execute(
                f"CREATE TRIGGER {NAME}_{word} AFTER {event} ON {_TABLE} WHEN {_OVERLAP} "
                f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
            )


def allow_overlaps() -> None:
    """Take the trigger away; only a migration that rebuilds the table, or a test, has a reason to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON {_TABLE}")
            return
        for word in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_{word}")
