"""What happened to a stay, who agreed and what a campaign reached is never overwritten: the database refuses it."""

from django.db import migrations

from veerkracht.register.append_only import protect, release

TABLES = (
    "shelter_staystep",
    "shelter_guestconsent",
    "shelter_handover",
    "shelter_counsellingstep",
    "shelter_campaignreach",
    "shelter_offlinenote",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("shelter", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
