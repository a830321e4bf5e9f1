import django.db.models.deletion
import django.db.models.expressions
import veerkracht.register.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0004_imported_rows'),
        ('people', '0006_enterprise_number'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('supply', '0003_staffing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=60)),
                ('area', models.CharField(max_length=5)),
                ('units', models.PositiveIntegerField()),
                ('awarded_for', models.DateField()),
                ('period_from', models.DateField()),
                ('lapsed', models.PositiveIntegerField(default=0)),
                ('realised', models.PositiveIntegerField(default=0)),
                ('source', models.CharField(max_length=300)),
                ('version', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='people.organisation')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='supply.service')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'period_from', 'id'], name='award_by_period')],
                'constraints': [models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='award_is_of_places'), models.CheckConstraint(condition=models.Q(('units__gte', django.db.models.expressions.CombinedExpression(models.F('lapsed'), '+', models.F('realised')))), name='award_is_used_once'), models.CheckConstraint(condition=models.Q(('period_from__gte', models.F('awarded_for'))), name='award_is_never_brought_forward'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='award_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Location',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('area', models.CharField(max_length=5)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('secret', models.BooleanField(default=False)),
                ('sealed_address', models.TextField(blank=True, default='')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locations', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='location_name_once'), models.CheckConstraint(condition=models.Q(('secret', False), ('address', ''), _connector='OR'), name='secret_location_has_no_open_address')],
            },
        ),
        migrations.CreateModel(
            name='Recognition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holds_from', models.DateField()),
                ('places', models.PositiveIntegerField()),
                ('extra_places', models.PositiveIntegerField(default=0)),
                ('source', models.CharField(max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='supply.service')),
            ],
            options={
                'indexes': [models.Index(fields=['service', 'holds_from'], name='recognition_by_service')],
                'constraints': [models.CheckConstraint(condition=models.Q(('extra_places__lte', models.F('places'))), name='recognition_is_at_most_all'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='recognition_has_a_source'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='recognition_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='UnitClosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('reopens_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=60)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='supply.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'from_date'], name='closure_by_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reopens_on', None)), fields=('unit',), name='one_lasting_closure_per_unit'), models.CheckConstraint(condition=models.Q(('reopens_on', None), ('reopens_on__gte', models.F('from_date')), _connector='OR'), name='closure_does_not_end_before_it_starts'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='closure_has_a_reason'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='closure_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='AwardStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('awarded', 'Awarded'), ('postponed', 'Postponed'), ('lapsed', 'Lapsed'), ('realised', 'Realised')], max_length=10)),
                ('holds_from', models.DateField()),
                ('units', models.PositiveIntegerField()),
                ('period_from', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='supply.award')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='award_step_is_of_places'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['awarded', 'postponed']), ('period_from__isnull', False)), models.Q(('kind__in', ['lapsed', 'realised']), ('period_from', None)), _connector='OR'), name='award_step_has_its_period'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='award_step_names_somebody')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='hold',
            name='one_live_hold_per_unit',
        ),
        migrations.RemoveConstraint(
            model_name='stay',
            name='one_open_stay_per_unit',
        ),
        migrations.AddField(
            model_name='hold',
            name='bed',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='hold',
            name='party',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='changed_at',
            field=models.DateTimeField(default=veerkracht.register.clock.now),
        ),
        migrations.AddField(
            model_name='service',
            name='created_at',
            field=models.DateTimeField(default=veerkracht.register.clock.now),
        ),
        migrations.AddField(
            model_name='service',
            name='kind',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddField(
            model_name='service',
            name='rules',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddField(
            model_name='stay',
            name='bed',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='unit',
            name='sleeps',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='unit',
            name='ward',
            field=models.CharField(blank=True, default='', max_length=100),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'confirmed'))), fields=('unit', 'bed'), name='one_live_hold_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('bed__gte', 1)), name='hold_is_of_a_bed'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('unit', 'bed'), name='one_open_stay_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('sleeps__gte', 1)), name='unit_sleeps_somebody'),
        ),
        migrations.AddField(
            model_name='service',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='supply.location'),
        ),
    ]
