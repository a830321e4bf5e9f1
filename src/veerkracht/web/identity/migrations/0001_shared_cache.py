from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    # The command asks the router, and makes what is missing: a second time it does nothing.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
