"""A small demo world, and all that was drawn of it."""

import hashlib

from veerkracht.register.care.models import Budget, Request, Round, RoundLine, Step
from veerkracht.register.money.models import Account, Credit, Entry, Posting
from veerkracht.register.people.models import Person
from veerkracht.register.world import build
from veerkracht.register.world.building import World

SMALL = 300
_TABLES = (Person, Request, Step, Budget, Round, RoundLine, Credit, Account, Entry, Posting)
# What is drawn, and not what came about by the verbs of the ledger: that has moments and numbers of its own.
_DRAWN = {Account: {"line": None}, Entry: {"line": None}, Posting: {"entry__line": None}}


def small(**how) -> World:
    return build(size=SMALL, turns=False, **how)


def content() -> str:
    """One hash over all that was drawn."""
    digest = hashlib.sha256()
    for model in _TABLES:
        for row in model._default_manager.filter(**_DRAWN.get(model, {})).order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()
