"""Every place where something of a person's case could come out, and which groups of fields it shows there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.permissions.kept import MARKERS, Kept, Link, fields_given, given

WHOLE_FILE = frozenset(MARKERS)
NAME = frozenset({"identity"})


@dataclass(frozen=True)
class Surface:
    """An address, the action that opens it, and the groups of fields whose markers stand there when it is open.

    `method`: get, or post with `data`.
    """

    id: str
    path: Callable[[Kept], str]
    action: str
    shows: frozenset[str]
    data: Callable[[Kept], dict[str, str]] | None = None

    def expected(self, role: str, link: Link) -> frozenset[str]:
        """The groups that the matrix lets out here."""
        if not given(role, link, self.action):
            return frozenset()
        return self.shows & fields_given(role, link, self.action)


def _page(id: str, path: str, action: str, shows: frozenset[str], **more: object) -> Surface:
    def filled(kept: Kept) -> str:
        return path.format(
            number=kept.request.number,
            person=kept.person.number,
            document=kept.document.reference,
            consultation=kept.consultation.pk,
        )

    return Surface(id, filled, action, shows, **more)


LISTS = (
    _page("the list", "/nl/list/?programme=personal-budget", "request.list", NAME | {"turn"}),
    _page("export", "/nl/list/export.csv?programme=personal-budget", "request.export", NAME),
    _page("list by interface", "/api/v1/requests?programme=personal-budget", "request.list", NAME | {"turn"}),
)
FILES = (
    _page("the file", "/nl/file/{number}/", "request.read", WHOLE_FILE - {"notes", "sharing", "documents"}),
    _page(
        "the file by interface",
        "/api/v1/requests/{number}",
        "request.read",
        NAME | {"history", "money", "turn", "looks"},
    ),
)
