from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0004_imported_rows")]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("bundle__isnull", False)), fields=["bundle"], name="request_in_bundle"
            ),
        ),
    ]
