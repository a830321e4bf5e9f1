"""`veerkracht account`: make, list, close and help back into the accounts of who works here."""

from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import as_json
from veerkracht.cli.output import print_json, say, start_django, table


@click.group(
    epilog="""\b
Examples:
  veerkracht account make anna --name "Anna Peeters" --email anna@example.org
  veerkracht account link anna                       a link with which Anna sets a password, once
  veerkracht account close anna                      out at once, everywhere
  veerkracht account forget-second-factor anna       lost telephone and recovery codes
"""
)
def command() -> None:
    """Accounts of who works here. An account gives no role: somebody who may give roles does that on the pages.

    No mail is sent: you hand a link over yourself, by a way on which you know who you speak to.
    """


@command.command("list")
@as_json
def list_(as_json: bool) -> None:
    """Every account: its name, whether it is open, how it signs in, when it last did."""
    start_django()
    from veerkracht.register.people import accounts

    facts = [_facts(user) for user in accounts.every()]
    if as_json:
        print_json(facts)
        return
    heads = ("User name", "Name", "Open", "Password", "Second factor", "Provider", "Last signed in")
    table(heads, [list(one.values()) for one in facts])


def _facts(user: Any) -> dict[str, Any]:
    kinds = {one.type for one in user.authenticator_set.all()}
    return {
        "username": user.username,
        "name": user.full_name,
        "open": user.is_active,
        "password": user.has_usable_password(),
        "second_factor": bool(kinds - {"recovery_codes"}),
        "provider": bool(user.socialaccount_set.all()),
        "last_signed_in": user.last_login.date().isoformat() if user.last_login else None,
    }


@command.command()
@click.argument("username")
@click.option("--name", required=True, help="Given name and family name.")
@click.option(
    "--email", default="", help="By which the provider's answer is matched, if that is how it is set."
)
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
@click.option("--subject", default="", help="Who it is at the provider, when you know it.")
@click.option("--no-link", is_flag=True, help="Only by the provider: no link to set a password.")
@as_user
def make(
    username: str, name: str, email: str, language: str, subject: str, no_link: bool, user: str | None
) -> None:
    """Make an account, without a role, and print the link that opens it."""
    start_django()
    from veerkracht.register.people import accounts

    by = acting(user)
    made = accounts.make(username, by=by, name=name, email=email, language=language)
    if subject:
        accounts.link_to_provider(made, subject, by=by)
    say(f"Made: {username}.")
    if not no_link:
        _print_link(made, by)


@command.command()
@click.argument("username")
@as_user
def link(username: str, user: str | None) -> None:
    """Print a link with which somebody sets a password, once."""
    start_django()
    from veerkracht.register.people import accounts

    _print_link(accounts.named(username), acting(user))


def _print_link(of: Any, by: Any) -> None:
    """The link on stdout and all about it on stderr: so that it can be piped to where it goes."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    from veerkracht.register.people import accounts

    who, token = accounts.link_of(of, by=by)
    with translation.override(of.language):
        path = reverse("sign-in-link", args=[who, token])
    base = (settings.CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    say(f"Hand this to {of.full_name} and nobody else. It works once, for {hours} hours:")
    print(f"{base}{path}")


@command.command()
@click.argument("username")
@click.argument("subject")
@as_user
def provider(username: str, subject: str, user: str | None) -> None:
    """Say who somebody is at the OpenID Connect provider (its claim `sub`)."""
    start_django()
    from veerkracht.register.people import accounts

    accounts.link_to_provider(accounts.named(username), subject, by=acting(user))
    say(f"{username} signs in at the provider as {subject}.")


@command.command()
@click.argument("username")
@as_user
def close(username: str, user: str | None) -> None:
    """Close an account: nobody signs in with it, and who was in is out."""
    start_django()
    from veerkracht.register.people import accounts

    accounts.close(accounts.named(username), by=acting(user))
    say(f"Closed: {username}.")


@command.command()
@click.argument("username")
@as_user
def reopen(username: str, user: str | None) -> None:
    """Open a closed account again."""
    start_django()
    from veerkracht.register.people import accounts

    accounts.reopen(accounts.named(username), by=acting(user))
    say(f"Open again: {username}.")


@command.command("forget-second-factor")
@click.argument("username")
@as_user
def forget_second_factor(username: str, user: str | None) -> None:
    """Take away app, passkeys and recovery codes; a new second factor is set at the next sign-in."""
    start_django()
    from veerkracht.register.people import accounts

    gone = accounts.forget_second_factors(accounts.named(username), by=acting(user))
    say(f"{username}: {gone} taken away, and signed out everywhere.")


@command.command("forget-sessions")
def forget_sessions() -> None:
    """Forget what is kept of sessions that have ended. For every night."""
    start_django()
    from veerkracht.register.people import accounts

    say(f"Sessions forgotten: {accounts.forget_ended_sessions()}.")
