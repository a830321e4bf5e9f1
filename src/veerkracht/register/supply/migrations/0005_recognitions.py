"""What was known of recognised places becomes the first of the recognitions, which are never changed."""

from django.db import migrations
from django.utils import timezone

from veerkracht.register.append_only import protect, release

TABLES = ("supply_recognition", "supply_awardstep")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    service, recognition = apps.get_model("supply", "Service"), apps.get_model("supply", "Recognition")
    now = timezone.now()
    known = service.objects.exclude(recognised_places=None).values_list("pk", "recognised_places")
    recognition.objects.bulk_create(
        recognition(
            service_id=pk,
            holds_from=timezone.localdate(now),
            places=places,
            source="As recorded before; since when is not known",
            by_name="veerkracht",
            recorded_at=now,
        )
        for pk, places in known
    )
    # The foreign keys are looked at now: the next migration alters a table that they point to.
    schema_editor.connection.check_constraints()
    for table in TABLES:
        protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):
    dependencies = [("supply", "0004_places")]
    operations = [
        migrations.RunPython(forwards, backwards),
    ]
