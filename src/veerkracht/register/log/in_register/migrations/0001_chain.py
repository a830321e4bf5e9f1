"""Heads of the log, and permits to clear rows of append-only tables, both append-only themselves."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from veerkracht.register.append_only import protect, release

TABLES = (
    "log_in_register_kepthead",
    "log_in_register_permit",
    "log_in_register_permitrow",
    "log_in_register_permitclosure",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in (*TABLES, "care_step"):
            protect("default", table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            release("default", table)


class Migration(migrations.Migration):

    initial = True

    # Steps of a request can be cleared under a permit: their triggers name it.
    dependencies = [("care", "0004_imported_rows")]

    operations = [
        migrations.CreateModel(
            name='KeptHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('hash', models.CharField(max_length=64)),
            ],
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
            name='Permit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('log_entry', models.BigIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('closure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='log_in_register.permitclosure')),
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
                ('permit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='log_in_register.permit')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['table_name', 'row_id'], name='log_in_register_row')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
