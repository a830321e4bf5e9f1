import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('care', '0004_imported_rows'),
        ('people', '0007_crisis_worker'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('supply', '0006_recognised_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_kind', models.CharField(blank=True, default='', max_length=60)),
                ('from_date', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('cents', models.PositiveIntegerField()),
                ('ground', models.CharField(max_length=60)),
                ('reference', models.CharField(blank=True, default='', max_length=200)),
                ('why', models.CharField(blank=True, default='', max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('fictitious', models.BooleanField(default=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='day_prices', to='supply.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'unit_kind', 'from_date', 'version'), name='day_price_version_once'), models.CheckConstraint(condition=models.Q(('cents__gte', 1)), name='day_price_is_positive'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('why', ''), _negated=True), _connector='OR'), name='day_price_correction_has_a_reason'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='day_price_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, default='', max_length=60)),
                ('away_since', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='people.person')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='care.request')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='supply.service')),
                ('stay', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='residence', to='supply.stay')),
            ],
            options={
                'indexes': [models.Index(fields=['service', 'until_date', 'from_date'], name='residence_by_service')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('person',), name='resident_in_one_place'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='residence_does_not_end_before_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('until_date', None)), models.Q(('until_date__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='residence_ends_with_a_reason'), models.CheckConstraint(condition=models.Q(('away_since', None), models.Q(('away_since__gte', models.F('from_date')), ('until_date', None)), _connector='OR'), name='absence_is_within_the_residence')],
            },
        ),
        migrations.CreateModel(
            name='DayPricePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=60)),
                ('cents', models.PositiveIntegerField()),
                ('price', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='residence.dayprice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('price', 'part'), name='day_price_part_once')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('payer', models.CharField(blank=True, default='', max_length=200)),
                ('cents_a_day', models.PositiveIntegerField()),
                ('from_date', models.DateField()),
                ('until_date', models.DateField(blank=True, null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('residence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='residence.residence')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_date', None)), fields=('residence', 'kind'), name='one_open_contribution_of_a_kind'), models.CheckConstraint(condition=models.Q(('cents_a_day__gte', 1)), name='contribution_is_positive'), models.CheckConstraint(condition=models.Q(('until_date', None), ('until_date__gte', models.F('from_date')), _connector='OR'), name='contribution_does_not_end_before_it_starts'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='contribution_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ResidenceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('started', 'Started'), ('moved', 'Moved'), ('left', 'Left'), ('returned', 'Returned'), ('ended', 'Ended')], max_length=10)),
                ('holds_from', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, default='', max_length=60)),
                ('by_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=20)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('residence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='residence.residence')),
                ('stay', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supply.stay')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['started', 'ended'])), fields=('residence', 'kind'), name='residence_starts_and_ends_once'), models.CheckConstraint(condition=models.Q(('by_name', ''), _negated=True), name='residence_event_names_somebody')],
            },
        ),
    ]
