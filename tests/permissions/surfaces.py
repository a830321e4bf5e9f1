"""Every place where something of a person's case could come out, and which groups of fields it shows there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.permissions.kept import MARKERS, Kept, Link, fields_given, given

WHOLE_FILE = frozenset(MARKERS)
NAME = frozenset({"identity"})
ADDRESSES = frozenset({"contact", "hidden-address"})
BY_INTERFACE = frozenset({"history", "money", "turn", "looks"})


@dataclass(frozen=True)
class Surface:
    """An address, the action that opens it, and the groups of fields whose markers stand there when it is open.

    `needs`: a group of fields without which the page is not there. `of`: the one link whom it
    shows this case.
    """

    id: str
    path: Callable[[Kept], str]
    action: str
    shows: frozenset[str]
    needs: str = ""
    of: str = ""

    def expected(self, role: str, link: Link) -> frozenset[str]:
        """The groups that the matrix lets out here."""
        if self.of and link.id != self.of:
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
# A person's own pages, for themself and for whom they represent. The names of those stand on each page that may be
# opened for several, so a name tells nothing there; everything else does.
OWN = (
    _page("my page", "/nl/my/for/{person}/", "log.object", frozenset({"history", "money", "turn"})),
    _page("my consents", "/nl/my/for/{person}/consents/", "log.object", frozenset({"sharing"})),
    _page("who may read mine", "/nl/my/for/{person}/who/", "log.object", frozenset({"sharing"})),
    _page("who looked at mine", "/nl/my/for/{person}/looks/", "log.object", frozenset({"looks"})),
    _page("my documents", "/nl/my/for/{person}/documents/", "log.object", frozenset({"documents"})),
    _page("homes that I asked", "/nl/my/for/{person}/homes/", "log.object", frozenset()),
    _page("my assessments", "/nl/my/for/{person}/assessments/", "log.object", frozenset()),
    _page("asking homes", "/nl/my/for/{person}/homes/ask/", "log.object", frozenset()),
    _page("homes that were just asked", "/nl/my/for/{person}/homes/asked/", "log.object", frozenset()),
    _page("coming together with me", "/nl/my/for/{person}/homes/together/", "log.object", frozenset()),
    _page("my moving house", "/nl/my/for/{person}/move/", "log.object", frozenset(), needs="contact"),
    _page("places offered to me", "/nl/my/for/{person}/offers/", "log.object", frozenset()),
    _page("where I live", "/nl/my/for/{person}/stays/", "log.object", frozenset()),
    _page("my rights", "/nl/my/for/{person}/rights/", "log.object", frozenset()),
    _page("what is mine", "/nl/my/", "request.read", frozenset({"history", "money", "turn"}), of="self"),
    _page("mine by interface", "/api/v1/my", "request.read", BY_INTERFACE, of="self"),
)
