"""What happened is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("log_logentry",)


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "log":
        for table in TABLES:
            protect("log", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "log":
        for table in TABLES:
            release("log", table)


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
