"""What happened to an entry on a home's list is never overwritten: the database itself refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLE = "lists_entrystep"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        protect("default", TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        release("default", TABLE)


class Migration(migrations.Migration):
    # With the permits: under one of them the answers and a person's own name can be cleared.
    dependencies = [("lists", "0001_initial"), ("log_in_register", "0001_chain")]
    operations = [migrations.RunPython(forwards, backwards)]
