"""What became of one count: every version, the oldest first."""

from veerkracht.register.staff.models import StaffCount


def versions(count: StaffCount) -> list[StaffCount]:
    """All versions of the count that one version belongs to, which was read through a gate; one query."""
    key = {"service": count.service_id, "profession": count.profession, "on": count.on}
    rows = StaffCount.objects.filter(
        **key, organisation=count.organisation_id, sector=count.sector, area=count.area
    )
    return list(rows.select_related("organisation", "service").order_by("version"))
