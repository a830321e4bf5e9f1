"""What was published of the money is never changed: triggers hold it, on both databases."""

from django.db import migrations

from veerkracht.register.append_only import protect, release


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        protect("default", "published_moneyrelease")


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        release("default", "published_moneyrelease")


class Migration(migrations.Migration):
    dependencies = [("published", "0003_money_release")]
    operations = [migrations.RunPython(forwards, backwards)]
