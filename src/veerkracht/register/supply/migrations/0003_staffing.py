import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supply', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='recognised_places',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Staffing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('profession', models.CharField(max_length=60)),
                ('holds_from', models.DateField()),
                ('fte_hundredths', models.PositiveIntegerField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staffings', to='supply.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'profession', 'holds_from'), name='staffing_once_a_day')],
            },
        ),
    ]
