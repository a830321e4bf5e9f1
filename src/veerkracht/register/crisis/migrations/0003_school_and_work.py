"""School of each child and work of each adult, apart. Searches from before keep the one municipality that they named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crisis", "0002_append_only")]
    operations = [
        migrations.AddField("search", name, models.JSONField(blank=True, default=list))
        for name in ("schools", "works")
    ]
