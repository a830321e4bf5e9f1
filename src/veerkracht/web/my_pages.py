"""What the pages of a person share: about whom they are, the tabs, and for whom else somebody is here."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import fields, whom
from veerkracht.register.cases.protection.representatives import here_for
from veerkracht.register.errors import OnlyLooks, Refused
from veerkracht.register.lists.rules import listed_programme
from veerkracht.register.offers.queries.my import my_offers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import only_looks
from veerkracht.register.residence.queries.my import has_stays

# A page, its name, and the group of fields without which there is nothing to see on it.
_PAGES: tuple[tuple[str, Promise, str], ...] = (
    ("my", _("Requests"), ""),
    ("my-homes", _("Care homes"), ""),
    ("my-assessments", _("Assessments"), "assessment"),
    ("my-offers", _("Offers"), ""),
    ("my-stays", _("Where I live"), ""),
    ("my-consents", _("Consents"), "sharing"),
    ("my-who", _("Who sees my file"), "sharing"),
    ("my-looks", _("Who looked"), "looks"),
    ("my-documents", _("Documents"), "documents"),
    ("my-rights", _("My rights"), ""),
)
# A page that is opened from another, under the tab of that one.
_FROM = {"my-codes": "my-who", "my-move": "my"}


@dataclass(frozen=True)
class Choice:
    """Somebody whose pages the reader may open: themself (`name` is "") or whom they are here for."""

    name: str
    number: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class About:
    """Whose page it is. `is_self`: the reader's own. `only_looks`: the reader does nothing here. `seen`: groups of
    fields that the reader may see.
    """

    person: Person
    is_self: bool
    only_looks: bool
    seen: frozenset[str]

    def refusal(self) -> Refused:
        """Why a page or a press is not for who reads here for another."""
        return OnlyLooks() if self.only_looks else Refused()

    def address(self, page: str, **more: Any) -> str:
        """Of another of these pages, about the same person."""
        return reverse(page, kwargs={**more, **({} if self.is_self else {"person": self.person.number})})


def about(actor: Actor, number: str) -> About:
    """`number` "": oneself. Raises `Refused` for who isn't a person, and for anybody they are not here for."""
    person = whom(actor, number)
    is_self = person == actor.person
    return About(person, is_self, not is_self and only_looks(actor, person), fields(actor, person))


def context(actor: Actor, whose: About, here: str) -> dict[str, Any]:
    """For `web/parts/my_head.html`."""
    has = {
        "my-homes": bool(listed_programme()),
        "my-stays": here == "my-stays" or has_stays(whose.person),
    }
    tabs = [
        (name, whose.address(page), page == _FROM.get(here, here))
        for page, name, needs in _PAGES
        if (not needs or needs in whose.seen) and has.get(page, True)
    ]
    return {"whose": whose, "my_tabs": tabs, "choices": _choices(actor, whose)}


def _choices(actor: Actor, whose: About) -> list[Choice]:
    """Oneself and whom one is here for; empty when there is nothing to choose."""
    others = here_for(actor)
    if not others:
        return []
    return [
        Choice("", "", reverse("my"), whose.is_self),
        *(
            Choice(
                str(one), one.number, reverse("my", kwargs={"person": one.number}), one.pk == whose.person.pk
            )
            for one in others
        ),
    ]


def offered_now(actor: Actor, whose: About) -> dict[str, Any]:
    """For `web/parts/my_offers_now.html`: the places that wait for an answer, or for them to come."""
    offers = [one.offer for one in my_offers(actor, "" if whose.is_self else whose.person.number)]
    return {
        "offers": [offer for offer in offers if offer.runs or offer.state == "accepted"],
        "offers_address": whose.address("my-offers"),
    }
