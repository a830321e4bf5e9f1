"""What happened to a search, and what was advised, is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("crisis_consult", "crisis_searchstep", "crisis_searchhold", "crisis_nonefound")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("crisis", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
