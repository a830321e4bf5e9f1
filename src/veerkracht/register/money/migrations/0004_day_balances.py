"""What is there already gets its balances by day, and what the databases protect is protected again."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("money_entry", "money_posting", "money_linecredit")
_DAYS = """
INSERT INTO money_daybalance (account_id, day, cents)
SELECT account_id, day, sum(cents) FROM (
    SELECT p.target_id AS account_id, e.holds_from AS day, p.amount_cents AS cents
    FROM money_posting p JOIN money_entry e ON e.id = p.entry_id
    UNION ALL
    SELECT p.source_id, e.holds_from, -p.amount_cents
    FROM money_posting p JOIN money_entry e ON e.id = p.entry_id
) AS moved GROUP BY account_id, day
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    schema_editor.execute(_DAYS)
    # On SQLite the entries and postings were rebuilt, and lost their triggers.
    for table in TABLES:
        protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("money", "0003_lines")]
    operations = [migrations.RunPython(forwards, backwards)]
