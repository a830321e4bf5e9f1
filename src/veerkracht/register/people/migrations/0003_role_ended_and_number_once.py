import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_roles_and_protection'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='national_number_key',
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('national_number_key',), name='national_number_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(
                condition=Q(national_number_key=None, national_number_sealed='')
                | (Q(national_number_key__isnull=False) & ~Q(national_number_sealed='')),
                name='national_number_is_sealed_and_found',
            ),
        ),
        migrations.AddField(
            model_name='membership',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='membership',
            name='delegates',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.membership'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(
                condition=Q(delegates=None) | Q(given_by__isnull=False) & ~Q(user=F('given_by')),
                name='nobody_stands_in_for_themself',
            ),
        ),
    ]
