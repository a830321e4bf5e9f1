"""Every entry is chained by a hash; what was written before is chained as it stands."""

import datetime
import itertools
import secrets
import uuid

import django.db.models.deletion
from django.db import connections, migrations, models
from django.utils.timezone import localdate

from veerkracht.register.append_only import protect, release
from veerkracht.register.log import chain

TABLES = ("log_logentry", "log_permit", "log_permitrow", "log_permitclosure")
BATCH = 2_000


def unlock(apps, schema_editor):
    if schema_editor.connection.alias == "log":
        release("log", "log_logentry")


def lock(apps, schema_editor):
    if schema_editor.connection.alias == "log":
        for table in TABLES:
            protect("log", table)


def release_all(apps, schema_editor):
    if schema_editor.connection.alias == "log":
        for table in TABLES:
            release("log", table)


def link(apps, schema_editor):
    if schema_editor.connection.alias != "log":
        return
    entries = apps.get_model("log", "LogEntry").objects.using("log")
    numbers = numbers_of_people() if entries.filter(role="person").exists() else {}
    previous = chain.ORIGIN
    written = ["day", "user_name", "salt", "sealed", "hash"]
    found = entries.order_by("id").iterator(BATCH)
    while batch := list(itertools.islice(found, BATCH)):
        for entry in batch:
            if entry.role == "person":
                entry.user_name = numbers.get(entry.user_id, "person")
            entry.day = localdate(entry.at)
            entry.salt = secrets.token_hex(16)
            entry.sealed = chain.sealed(entry.salt, entry.purpose, entry.detail)
            previous = entry.hash = chain.hashed(previous, [getattr(entry, name) for name in chain.CONTENT])
        entries.bulk_update(batch, written, batch_size=100)


def numbers_of_people():
    """Who acts for themself is named by their number: the number of the person by the id of their user."""
    register = connections["default"]
    if "people_user" not in register.introspection.table_names():
        return {}
    with register.cursor() as cursor:
        cursor.execute("SELECT u.id, p.number FROM people_user u JOIN people_person p ON p.id = u.person_id")
        return dict(cursor.fetchall())


class Migration(migrations.Migration):

    dependencies = [
        ('log', '0002_append_only'),
    ]

    operations = [
        migrations.RunPython(unlock, lock),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log_entry', models.BigIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PermitClosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PermitRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='logentry',
            name='capacity',
            field=models.CharField(default='', max_length=300),
        ),
        migrations.AddField(
            model_name='logentry',
            name='day',
            field=models.DateField(default=datetime.date(1970, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='logentry',
            name='fields',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='logentry',
            name='hash',
            field=models.CharField(default='-', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='logentry',
            name='membership_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='logentry',
            name='salt',
            field=models.CharField(default='', max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='logentry',
            name='sealed',
            field=models.CharField(default='-', max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='logentry',
            name='purpose',
            field=models.CharField(default='', max_length=500),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='verb',
            field=models.CharField(choices=[('read', 'Read'), ('list', 'List'), ('search', 'Search'), ('export', 'Export'), ('create', 'Create'), ('change', 'Change'), ('delete', 'Delete'), ('share', 'Share'), ('refused', 'Refused'), ('sign-in', 'Sign In'), ('sign-out', 'Sign Out'), ('verify', 'Verify')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['day', 'id'], name='log_by_day'),
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hash', ''), _negated=True), models.Q(('sealed', ''), _negated=True)), name='log_entry_is_chained'),
        ),
        migrations.AddField(
            model_name='permit',
            name='closure',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='log.permitclosure'),
        ),
        migrations.AddField(
            model_name='permitrow',
            name='permit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='log.permit'),
        ),
        migrations.AddIndex(
            model_name='permitrow',
            index=models.Index(fields=['table_name', 'row_id'], name='log_row'),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
        migrations.RunPython(lock, release_all),
    ]
