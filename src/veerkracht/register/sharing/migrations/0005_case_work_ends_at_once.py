from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0004_name_taken_away"),
    ]

    operations = [
        migrations.AddField(
            model_name="caseworker",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(model_name="caseworker", name="case_worker_once"),
        migrations.AddConstraint(
            model_name="caseworker",
            constraint=models.UniqueConstraint(
                name="case_worker_once",
                fields=["person", "programme", "user", "organisation"],
                condition=Q(until_date=None, ended_at=None),
            ),
        ),
    ]
