from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0002_append_only")]
    operations = [
        migrations.AddField("entry", "to_check", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                name="only_who_is_on_a_list_is_to_check",
                condition=models.Q(to_check=False) | models.Q(state__in=["waiting", "parked"]),
            ),
        ),
        migrations.AlterField(
            "entrystep",
            "kind",
            models.CharField(
                max_length=20,
                choices=[
                    ("registered", "Registered"),
                    ("changed", "Changed"),
                    ("checked", "Checked"),
                    ("asked-again", "Asked Again"),
                    ("still-wanted", "Still Wanted"),
                    ("parked", "Parked"),
                    ("restored", "Restored"),
                    ("lowered", "Lowered"),
                    ("left", "Left"),
                    ("admitted", "Admitted"),
                ],
            ),
        ),
    ]
