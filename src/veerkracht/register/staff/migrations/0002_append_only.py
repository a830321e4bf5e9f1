"""What was reported of staff is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("staff_staffcount", "staff_staffflow", "staff_traininginflow")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
