import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_roles_and_protection"),
        ("sharing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="emergencyaccess",
            name="in_order",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="emergencyaccess",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="sharing.consent"
            ),
        ),
        migrations.AddIndex(
            model_name="emergencyaccess",
            index=models.Index(
                condition=Q(("reviewed_at", None)), fields=["person"], name="emergency_to_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=Q(("revoked_at", None), ~Q(("revoked_by_name", "")), _connector="OR"),
                name="revoked_consent_names_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentvoice",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("agreed", None), ("at", None)),
                    Q(("agreed__isnull", False), ("at__isnull", False)),
                    _connector="OR",
                ),
                name="voice_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("in_order", None), ("reviewed_at", None), ("reviewed_by", None)),
                    Q(
                        ("in_order__isnull", False),
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="emergency_review_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=Q(("reviewed_by", None), ~Q(("reviewed_by", F("user"))), _connector="OR"),
                name="emergency_is_reviewed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyaccess",
            constraint=models.CheckConstraint(
                condition=Q(~Q(("in_order", False)), ~Q(("review", "")), _connector="OR"),
                name="emergency_not_in_order_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=Q(("state__in", ["sent", "accepted"])),
                fields=("consent",),
                name="one_referral_per_consent",
            ),
        ),
    ]
