"""How many families each worker follows now, by the counselling that runs."""

from collections.abc import Collection

from django.db.models import Count

from veerkracht.register.shelter.models import Counselling


def case_load(workers: Collection[int], module: str = "") -> dict[int, int]:
    """Families by worker, of one form of counselling or of all (""); who follows none is not there. One query."""
    running = Counselling.objects.filter(worker__in=workers, state=Counselling.State.STARTED)
    if module:
        running = running.filter(module=module)
    rows = running.values("worker").annotate(families=Count("pk")).order_by("worker")
    return {row["worker"]: row["families"] for row in rows}
