"""As whom a command acts: the user named with --as, or whoever runs it on this machine."""

import getpass
from collections.abc import Callable
from typing import Any

import click

as_user: Callable[[Any], Any] = click.option(
    "--as",
    "user",
    metavar="USER",
    envvar="VEERKRACHT_USER",
    help="Name with which you sign in; what you do is logged under it.  [env: VEERKRACHT_USER]",
)


def acting(user: str | None, role: str | None = None) -> Any:
    """The actor for --as USER, in a role if one is asked; without a user the account of this machine.

    Raises `Refused` naming the user when there is no such user or role.
    """
    from veerkracht.register.people.actors import Actor, actor_named

    return actor_named(user, role) if user else Actor.for_command(getpass.getuser())


def named(user: str | None, role: str | None = None) -> Any:
    """As `acting`, for what only a named person may do."""
    if not user:
        raise click.UsageError("say who you are: --as USER (or set VEERKRACHT_USER).")
    return acting(user, role)
