"""What was reported, confirmed and explained is never changed: triggers hold it, on both databases."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("results_report", "results_confirmation", "results_reconciliationnote")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
