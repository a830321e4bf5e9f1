"""Settings as the environment gives them: text, lists by comma, yes or no, whole numbers."""

import os
import tomllib
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def yes(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "yes", "true", "on"}


def number(name: str, default: int, least: int = 0) -> int:
    """A whole number of at least `least`. Raises `ImproperlyConfigured` naming the variable."""
    given = text(name) or str(default)
    if not given.isdecimal() or int(given) < least:
        raise ImproperlyConfigured(f"{name} is “{given}”. Expected: a whole number of at least {least}.")
    return int(given)


def one_of(name: str, *choices: str) -> str:
    """One of some words, the first by default. Raises `ImproperlyConfigured` naming the variable."""
    given = text(name) or choices[0]
    if given not in choices:
        raise ImproperlyConfigured(f"{name} is “{given}”. Expected: {' or '.join(choices)}.")
    return given


def time_zone() -> str:
    """The time zone of the region in use, from its first file alone: a region is read whole when it is first asked for.

    "UTC" where that file can't be read or names none: who reads the region says what is wrong with it.
    """
    # Here and not above: what a region rests on compiles, into a folder that the settings name first.
    from veerkracht.region import current_folder
    from veerkracht.rulebook.errors import Fault

    try:
        said = tomllib.loads((current_folder() / "region.toml").read_text()).get("time_zone", "")
        return ZoneInfo(said).key
    except (Fault, OSError, ValueError, KeyError, TypeError):
        return "UTC"
