"""What is noted of a home is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLE = "quality_signal"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        protect("default", TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        release("default", TABLE)


class Migration(migrations.Migration):
    dependencies = [("quality", "0003_signals")]
    operations = [migrations.RunPython(forwards, backwards)]
