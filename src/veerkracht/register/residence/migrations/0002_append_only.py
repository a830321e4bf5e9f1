"""What happened in a stay and what a day cost is never overwritten, and nobody is in two beds: the database refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release
from veerkracht.register.residence.overlaps import allow_overlaps, refuse_overlaps

TABLES = ("residence_residenceevent", "residence_dayprice", "residence_daypricepart")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)
        refuse_overlaps()


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        allow_overlaps()
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("residence", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
