"""What was published is never changed: triggers hold it, on both databases."""

from django.db import migrations

from veerkracht.register.append_only import protect, release


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        protect("default", "published_release")


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        release("default", "published_release")


class Migration(migrations.Migration):
    dependencies = [("published", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
