"""The programme of a request or a round, from the region's files."""

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Programme, Text


def programme_of(id: str) -> Programme:
    """The programme with this id. Raises `Invalid` naming those there are."""
    programmes = region.current().programmes
    if id not in programmes:
        known = ", ".join(sorted(programmes))
        raise Invalid(
            Text(
                nl=f"Er is geen programma “{id}”. Er zijn: {known}.",
                en=f"There is no programme “{id}”. There are: {known}.",
            ),
            "programme",
        )
    return programmes[id]
