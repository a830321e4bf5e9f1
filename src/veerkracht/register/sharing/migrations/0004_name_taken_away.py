from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0003_withheld_from_a_representative"),
    ]

    operations = [
        migrations.AddField(
            model_name="restrictedaccess",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(model_name="restrictedaccess", name="restricted_access_once"),
        migrations.AddConstraint(
            model_name="restrictedaccess",
            constraint=models.UniqueConstraint(
                name="restricted_access_once",
                fields=["person", "user"],
                condition=Q(until_date=None, ended_at=None),
            ),
        ),
    ]
