import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('care', '0004_imported_rows'),
        ('people', '0002_roles_and_protection'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=200)),
                ('reference', models.CharField(blank=True, default='', max_length=100)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('state', models.CharField(choices=[('held', 'Held'), ('confirmed', 'Confirmed'), ('released', 'Released'), ('lapsed', 'Lapsed')], default='held', max_length=10)),
                ('version', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='care.request')),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('area', models.CharField(max_length=5)),
                ('secret', models.BooleanField(default=False)),
                ('places_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'name', 'id'], name='service_by_name')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'name'), name='service_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('kind', models.CharField(blank=True, default='', max_length=60)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='supply.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'name'), name='unit_name_once'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='unit_does_not_end_before_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('hold', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stay', to='supply.hold')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='care.request')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='supply.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'from_date'], name='stay_by_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('unit',), name='one_open_stay_per_unit'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='stay_does_not_end_before_it_starts')],
            },
        ),
        migrations.AddField(
            model_name='hold',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='supply.unit'),
        ),
        migrations.CreateModel(
            name='HoldStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('held', 'Held'), ('confirmed', 'Confirmed'), ('released', 'Released'), ('lapsed', 'Lapsed')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=20)),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='supply.hold')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hold', 'kind'), name='hold_step_once'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='hold_step_names_somebody')],
            },
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['until'], name='hold_until'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'confirmed'))), fields=('unit',), name='one_live_hold_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'confirmed'))), fields=('request',), name='one_live_hold_per_request'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_at'))), name='hold_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['held', 'confirmed', 'released', 'lapsed'])), name='hold_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='hold_names_somebody'),
        ),
    ]
