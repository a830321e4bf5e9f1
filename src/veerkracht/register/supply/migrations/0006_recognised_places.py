"""How many places are recognised is asked of the recognitions only."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supply", "0005_recognitions")]
    operations = [
        migrations.RemoveField(model_name="service", name="recognised_places"),
    ]
