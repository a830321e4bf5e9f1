"""Whole numbers that come in an address or a form: an id, a version, the key after which a page begins."""

from django.http import HttpRequest

from veerkracht.register.errors import Refused
from veerkracht.register.paging import whole


def posted(request: HttpRequest, name: str) -> int:
    """A number that a page of ours posts, such as the version its reader saw. Raises `Refused` for anything else."""
    found = whole(request.POST.get(name, ""))
    if found is None:
        raise Refused()
    return found
