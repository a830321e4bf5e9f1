"""What was published of the money is what its package says of it."""

import json
from collections.abc import Iterable

from veerkracht.register.published.models import MoneyRelease
from veerkracht.register.published.money_package import DESCRIPTION, digest
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "published_money_is_what_its_package_says": (
            Text(
                nl="Elk gepubliceerd bestand over het geld is dat waarvan het pakket de controlesom geeft.",
                en="Each published file on the money is the one whose hash its package gives.",
            ),
            _files,
        )
    }


def _files() -> Iterable[str]:
    for release in MoneyRelease.objects.order_by("version").iterator():
        for resource in json.loads(release.files[DESCRIPTION])["resources"]:
            found = f"sha256:{digest(release.files.get(resource['path'], ''))}"
            if found != resource["hash"]:
                yield f"version {release.version}: {resource['path']}"
