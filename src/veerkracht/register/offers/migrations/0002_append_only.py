"""What happened to vacancies and offers, and who was passed over, is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = ("offers_vacancystep", "offers_offerstep", "offers_passedover")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
