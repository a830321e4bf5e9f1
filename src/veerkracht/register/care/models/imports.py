from django.db import models


class ImportedRow(models.Model):
    """A row of an imported file: by its reference a second import of it is recognised, by `content` a changed row.

    `person_reference` is the person's mark in the file's source; `content` is a hash of the row's values.
    """

    programme = models.CharField(max_length=60)
    reference = models.CharField(max_length=64)
    person_reference = models.CharField(max_length=64, db_index=True)
    request = models.OneToOneField("care.Request", on_delete=models.PROTECT, related_name="imported")
    content = models.CharField(max_length=64)
    file = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_request_per_reference", fields=["programme", "reference"])
        ]
