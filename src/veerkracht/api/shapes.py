"""Shapes that several operations share."""

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict, field_validator

from veerkracht import region
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme

LARGEST_ID = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Name = Annotated[str, Field(max_length=60)]


class Asked(Schema):
    """What a caller sends: a field that isn't named here is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _without_zero_character(cls, value: Any) -> Any:
        # One database stores it, the other fails on it.
        if isinstance(value, str) and "\0" in value:
            raise ValueError("zero character")
        return value


class Words(Schema):
    """A text in both languages."""

    nl: str
    en: str


class Misfit(Schema):
    field: str
    detail: str


class Problem(Schema):
    """RFC 9457. `errors`: per field, with 422. `changes`: what somebody else changed, with 409."""

    type: str
    title: str
    status: int
    errors: list[Misfit] | None = None
    changes: list[str] | None = None


class OfProgramme(Asked):
    """`programme`: by default that of the caller's role, else the region's first."""

    programme: Name = ""


class Version(Asked):
    """What was seen: whoever changed it in between is not overwritten."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


def answers(good: Any, *more: int) -> dict[int, Any]:
    """What an operation may answer: what was asked, or a problem."""
    problems = (401, 404, 422, 429, *more)
    return {200: good, **dict.fromkeys(problems, Problem)}


def changes(good: Any) -> dict[int, Any]:
    """As `answers`, for what changes something."""
    return answers(good, 400, 403, 409, 413, 415)


def programme_of(actor: Actor, asked: str) -> Programme:
    """The programme asked for, else that of the actor's role, else the region's first.

    Raises `Refused` for one that doesn't exist.
    """
    known = region.current().programmes
    name = asked or actor.programme or next(iter(known))
    if name not in known:
        raise Refused()
    return known[name]
