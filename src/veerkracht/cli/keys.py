"""`veerkracht keys`: the keys that seal national numbers and bank accounts."""

import click

from veerkracht.cli.output import say, start_django


@click.group(
    epilog="""\b
Examples:
  veerkracht keys rotate      a new key, and every number sealed with it
  veerkracht keys drop-old    forget the older keys, once no backup needs them
  veerkracht keys new         print a key for VEERKRACHT_DATA_KEY

Keep the file data-keys of the home apart from the backups: who has both, has the numbers.
"""
)
def command() -> None:
    """Keys that seal numbers of people and accounts: in the file data-keys of the home, or in VEERKRACHT_DATA_KEY."""


@command.command()
def new() -> None:
    """Print a new key."""
    start_django(up_to_date=False)
    from veerkracht.register.people.sealing import new_key

    print(new_key())


@command.command()
def rotate() -> None:
    """Seal every number with a new key. Pages go on working meanwhile; the older keys still open.

    With VEERKRACHT_DATA_KEY: put the new key before the others, start the pages again, and then run this.
    """
    start_django()
    from django.conf import settings

    from veerkracht.config.home import replace_data_keys
    from veerkracht.register.crisis import resealing as of_desks
    from veerkracht.register.payments import numbers as account_numbers
    from veerkracht.register.people import national_numbers, sealing

    if not settings.DATA_KEYS:
        # First the key, then the numbers: at no moment is there a number without its key.
        replace_data_keys(settings.HOME, [sealing.new_key(), *sealing.keys()])
    resealed = national_numbers.reseal() + account_numbers.reseal() + of_desks.reseal()
    say(f"{resealed} numbers are sealed with the newest key.")


@command.command("drop-old")
def drop_old() -> None:
    """Keep the newest key only. Refuses as long as a number needs an older one."""
    start_django()
    from django.conf import settings

    from veerkracht.config.home import replace_data_keys
    from veerkracht.register.crisis import resealing as of_desks
    from veerkracht.register.payments import numbers as account_numbers
    from veerkracht.register.people import national_numbers, sealing

    if settings.DATA_KEYS:
        raise click.UsageError("the keys are in VEERKRACHT_DATA_KEY: take the older ones away there.")
    older = sum(kept.under_older_keys() for kept in (national_numbers, account_numbers, of_desks))
    if older:
        raise click.UsageError(f"{older} numbers are sealed with an older key: veerkracht keys rotate first.")
    replace_data_keys(settings.HOME, sealing.keys()[:1])
    say("The older keys are gone.")
