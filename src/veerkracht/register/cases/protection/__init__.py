"""Restricted files, addresses in hiding, and who speaks for a person."""

from .addresses import change_address, end_address
from .representation import (
    Newcomer,
    end_representation,
    find_representative,
    record_representation,
    withhold,
)
from .restrict import lift, name_one, remove_name, restrict

__all__ = [
    "Newcomer",
    "change_address",
    "end_address",
    "end_representation",
    "find_representative",
    "lift",
    "name_one",
    "record_representation",
    "remove_name",
    "restrict",
    "withhold",
]
