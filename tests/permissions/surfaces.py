"""Every place where something of a person's case could come out, and which groups of fields it shows there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.permissions.kept import MARKERS, Kept, Link, fields_given, given
from veerkracht.register.people.actors import PERSON

WHOLE_FILE = frozenset(MARKERS)
NAME = frozenset({"identity"})
ADDRESSES = frozenset({"contact", "hidden-address"})
BY_INTERFACE = frozenset({"history", "money", "turn", "looks"})


@dataclass(frozen=True)
class Surface:
    """An address, the action that opens it, and the groups of fields whose markers stand there when it is open.

    `needs`: a group of fields without which the page is not there. `of`: the one link whom it
    shows this case. `role`: the one role that has such pages.
    """

    id: str
    path: Callable[[Kept], str]
    action: str
    shows: frozenset[str]
    needs: str = ""
    of: str = ""
    role: str = ""

    def expected(self, role: str, link: Link) -> frozenset[str]:
        """The groups that the matrix lets out here."""
        if (self.of and link.id != self.of) or (self.role and role != self.role):
            return frozenset()
        seen = fields_given(role, link)
        if not given(role, link, self.action) or (self.needs and self.needs not in seen):
            return frozenset()
        # A list and an export have their own groups; whatever else opens a file shows what reading it gives.
        own = fields_given(role, link, self.action)
        return self.shows & (own or seen)


def _page(id: str, path: str, action: str, shows: frozenset[str], **more: object) -> Surface:
    def filled(kept: Kept) -> str:
        return path.format(
            number=kept.request.number,
            person=kept.person.number,
            document=kept.document.reference,
            consultation=kept.consultation.pk,
            consent=kept.consent.record,
        )

    return Surface(id, filled, action, shows, **more)


LISTS = (
    _page("the list", "/nl/list/?programme=personal-budget", "request.list", NAME | {"turn"}),
    _page("export", "/nl/list/export.csv?programme=personal-budget", "request.export", NAME),
    _page("list by interface", "/api/v1/requests?programme=personal-budget", "request.list", NAME | {"turn"}),
)
FILES = (
    _page("the file", "/nl/file/{number}/", "request.read", NAME | BY_INTERFACE | {"assessment"}),
    _page(
        "who works on it", "/nl/file/{number}/sharing/", "request.read", NAME | {"sharing"}, needs="sharing"
    ),
    _page("a consent", "/nl/consents/{consent}.json", "consent.revoke", frozenset({"sharing"})),
    _page("documents", "/nl/file/{number}/documents/", "document.read", NAME | {"documents"}),
    _page("one document", "/nl/documents/{document}/", "document.read", frozenset({"documents"})),
    _page("homes that were asked", "/nl/file/{number}/homes/", "request.read", NAME),
    _page("addresses", "/nl/file/{number}/addresses/", "request.read", NAME | ADDRESSES, needs="contact"),
    _page("moving house", "/nl/file/{number}/move/", "request.read", NAME, needs="contact"),
    _page("who speaks for them", "/nl/file/{number}/representatives/", "request.read", NAME, needs="sharing"),
    _page(
        "a consultation",
        "/nl/shared/consultations/{consultation}/",
        "consultation.take-part",
        NAME | {"notes"},
    ),
    _page("why by interface", "/api/v1/requests/{number}/why", "request.read", frozenset()),
    _page("turn by interface", "/api/v1/requests/{number}/turn", "request.read", frozenset({"turn"})),
    _page("by interface", "/api/v1/requests/{number}", "request.read", NAME | BY_INTERFACE),
)


def _own(id: str, path: str, shows: frozenset[str], **more: object) -> Surface:
    """A page of a person, for themself and for who is here for them."""
    return _page(id, f"/nl/my/for/{{person}}/{path}", "request.read", shows, role=PERSON, **more)


# A person's own pages, for themself and for who is here for them. The names of those stand on each page that may be
# opened for several, so a name tells nothing there; everything else does.
OWN = (
    _own("my page", "", frozenset({"history", "money", "turn"})),
    _own("my consents", "consents/", frozenset({"sharing"})),
    _own("who may read mine", "who/", frozenset({"sharing"})),
    _own("who looked at mine", "looks/", frozenset({"looks"})),
    _own("my documents", "documents/", frozenset({"documents"})),
    _own("homes that I asked", "homes/", frozenset()),
    _own("my assessments", "assessments/", frozenset()),
    _own("asking homes", "homes/ask/", frozenset()),
    _own("homes that were just asked", "homes/asked/", frozenset()),
    _own("coming together with me", "homes/together/", frozenset()),
    _own("my moving house", "move/", frozenset(), needs="contact"),
    _own("places offered to me", "offers/", frozenset()),
    _own("where I live", "stays/", frozenset()),
    _own("my rights", "rights/", frozenset()),
    _page("what is mine", "/nl/my/", "request.read", frozenset({"history", "money", "turn"}), of="self"),
    _page("mine by interface", "/api/v1/my", "request.read", BY_INTERFACE, of="self"),
)
