"""What was measured is never overwritten: the database itself refuses it, but for lawful destruction."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLE = "assessments_assessment"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        protect("default", TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        release("default", TABLE)


class Migration(migrations.Migration):
    # With the permits: under one of them the texts of a row can be cleared.
    dependencies = [("assessments", "0001_initial"), ("log_in_register", "0001_chain")]
    operations = [migrations.RunPython(forwards, backwards)]
