from django.db import models


class LogEntry(models.Model):
    """One look or one change by one natural person. Append-only by triggers; no foreign keys, as it outlives
    what it names.
    """

    class Verb(models.TextChoices):
        READ = "read"
        LIST = "list"
        SEARCH = "search"
        EXPORT = "export"
        CREATE = "create"
        CHANGE = "change"
        REFUSED = "refused"
        SIGN_IN = "sign-in"

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=200, default="")
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "id"], name="log_by_person"),
            models.Index(fields=["user_id", "id"], name="log_by_user"),
        ]
        constraints = [models.CheckConstraint(name="log_names_somebody", condition=~models.Q(user_name=""))]
