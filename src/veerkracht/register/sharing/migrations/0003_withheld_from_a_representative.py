from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0002_answers_and_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="representation",
            name="withheld",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
