"""Who took which step, and what the bank said, is never changed: triggers hold it, on both databases."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

_TABLES = ("payments_bankmessage", "payments_orderstep")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in _TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in _TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
