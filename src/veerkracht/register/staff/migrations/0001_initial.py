import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0006_enterprise_number'),
        ('supply', '0003_staffing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('source', models.CharField(max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('fictitious', models.BooleanField(default=False)),
                ('profession', models.CharField(max_length=60)),
                ('sector', models.CharField(max_length=60)),
                ('area', models.CharField(max_length=5)),
                ('on', models.DateField()),
                ('persons', models.PositiveIntegerField(blank=True, null=True)),
                ('fte_hundredths', models.PositiveIntegerField(blank=True, null=True)),
                ('vacancies', models.PositiveIntegerField(blank=True, null=True)),
                ('sick_per_thousand', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('under_30', models.PositiveIntegerField(blank=True, null=True)),
                ('from_30_to_49', models.PositiveIntegerField(blank=True, null=True)),
                ('over_50', models.PositiveIntegerField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.organisation')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='staff.staffcount')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='supply.service')),
            ],
            options={
                'indexes': [models.Index(fields=['on', 'sector'], name='staff_count_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('service__isnull', False)), fields=('service', 'profession', 'on', 'version'), name='staff_count_once_of_service'), models.UniqueConstraint(condition=models.Q(('service', None)), fields=('organisation', 'profession', 'sector', 'area', 'on', 'version'), name='staff_count_once_of_organisation'), models.CheckConstraint(condition=models.Q(('persons', None), ('fte_hundredths', None), ('fte_hundredths__lte', django.db.models.expressions.CombinedExpression(models.F('persons'), '*', models.Value(100))), _connector='OR'), name='staff_count_fte_within_persons'), models.CheckConstraint(condition=models.Q(('persons', None), ('persons__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('under_30'), 0), '+', django.db.models.functions.comparison.Coalesce(models.F('from_30_to_49'), 0)), '+', django.db.models.functions.comparison.Coalesce(models.F('over_50'), 0))), _connector='OR'), name='staff_count_ages_within_persons'), models.CheckConstraint(condition=models.Q(('sick_per_thousand', None), ('sick_per_thousand__lte', 1000), _connector='OR'), name='staff_count_sick_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='staff_count_correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('by_name', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='staff_count_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='StaffFlow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('source', models.CharField(max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('fictitious', models.BooleanField(default=False)),
                ('profession', models.CharField(max_length=60)),
                ('sector', models.CharField(max_length=60)),
                ('area', models.CharField(max_length=5)),
                ('from_date', models.DateField()),
                ('until_date', models.DateField()),
                ('starters', models.PositiveIntegerField(blank=True, null=True)),
                ('quit', models.PositiveIntegerField(blank=True, null=True)),
                ('retired', models.PositiveIntegerField(blank=True, null=True)),
                ('dismissed', models.PositiveIntegerField(blank=True, null=True)),
                ('moved', models.PositiveIntegerField(blank=True, null=True)),
                ('other', models.PositiveIntegerField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='people.organisation')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='staff.staffflow')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='supply.service')),
            ],
            options={
                'indexes': [models.Index(fields=['until_date', 'sector'], name='staff_flow_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('service__isnull', False)), fields=('service', 'profession', 'from_date', 'version'), name='staff_flow_once_of_service'), models.UniqueConstraint(condition=models.Q(('service', None)), fields=('organisation', 'profession', 'sector', 'area', 'from_date', 'version'), name='staff_flow_once_of_organisation'), models.CheckConstraint(condition=models.Q(('until_date__gte', models.F('from_date'))), name='staff_flow_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='staff_flow_correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('by_name', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='staff_flow_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='TrainingInflow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('source', models.CharField(max_length=300)),
                ('by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('fictitious', models.BooleanField(default=False)),
                ('profession', models.CharField(max_length=60)),
                ('school_year', models.PositiveSmallIntegerField()),
                ('first_year', models.PositiveIntegerField(blank=True, null=True)),
                ('graduates', models.PositiveIntegerField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='staff.traininginflow')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('profession', 'school_year', 'version'), name='training_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='training_correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('by_name', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='training_names_somebody')],
            },
        ),
    ]
