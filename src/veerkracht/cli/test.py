"""`veerkracht test`: everything that must hold before a change may land."""

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import click

from veerkracht.cli import postgres
from veerkracht.cli.browser import find_chromium
from veerkracht.cli.output import CommandError, console, say, table
from veerkracht.config.home import PROJECT

# Python without the ending that tells so.
SCRIPTS = ["veerkracht", ".ci/newcomer", "docs/pictures/take"]
BOTH = ("sqlite", "postgresql")
_AS_SERVED = {"VEERKRACHT_HTTPS": "1"}
_DEPLOYED = ["check", "--deploy", "--fail-level", "WARNING", "--settings", "veerkracht.config.settings"]
TIDY = {
    "formatting": ["ruff", "format", "--check", ".", *SCRIPTS],
    "linting": ["ruff", "check", ".", *SCRIPTS],
    "types": ["mypy"],
    "floors": ["lint-imports"],
    "known weaknesses": ["bandit", "--recursive", "--quiet", "--configfile", "pyproject.toml", "src"],
    # As an installation stands that is open to the world.
    "settings of a server": ["python", "-W", "error", "-m", "django", *_DEPLOYED],
}


@dataclass
class Report:
    """What was done, for the page at the end."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def step(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        say(f"\n── {name}: {' '.join([Path(command[0]).name, *command[1:]])}")
        began = time.monotonic()
        code = subprocess.run(command, cwd=PROJECT, env={**os.environ, **(env or {})}).returncode
        self.rows.append((name, "failed" if code else "passed", f"{time.monotonic() - began:.0f} s"))
        if code:
            self.failed.append(name)

    def gap(self, name: str, why: str, strict: bool) -> None:
        self.rows.append((name, "NOT RUN", why))
        if strict:
            self.failed.append(name)


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
Examples:
  veerkracht test                               everything
  veerkracht test --fast                        tidiness and the tests on SQLite only
  veerkracht test --database postgresql         tidiness and the tests on PostgreSQL only
  veerkracht test --fast -- tests/rulebook -x   only these tests; words after -- are pytest's
""",
)
@click.option("--fast", is_flag=True, help="SQLite only, no browser.")
@click.option("--database", type=click.Choice([*BOTH, "both"]), default="both", show_default=True)
@click.option("--strict", is_flag=True, help="Fail when something could not be run (for CI).")
@click.argument("pytest_words", nargs=-1, type=click.UNPROCESSED)
def command(fast: bool, database: str, strict: bool, pytest_words: tuple[str, ...]) -> int:
    """Check formatting, linting, types and floors, then run the tests on both databases and in a browser.

    PostgreSQL is one of its own, in a temporary folder: no root, no settings. Words after -- go to pytest,
    and then only the tests are run.
    """
    if importlib.util.find_spec("pytest") is None:
        raise CommandError("the tools for testing are not installed. `./veerkracht test` installs them.")
    databases = ("sqlite",) if fast else BOTH if database == "both" else (database,)
    report = Report()
    if not pytest_words:
        for name, words in TIDY.items():
            report.step(name, [_tool(words[0]), *words[1:]], _AS_SERVED)
    for name in databases:
        # What doesn't use the database has run already, when this one is the second.
        again = [] if pytest_words or name == databases[0] else ["--with-database"]
        with _database(name) as env:
            report.step(f"tests on {name}", _pytest("not browser", (*again, *pytest_words)), env)
    if not fast and "sqlite" in databases and not pytest_words:
        _in_a_browser(report, strict)
    return _tell(report)


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _pytest(marked: str, words: tuple[str, ...]) -> list[str]:
    """With no words of one's own two processes share the work; a chosen few start faster in one."""
    alone = not {*words} <= {"--with-database"}
    spread = [] if alone else ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
    return [sys.executable, "-m", "pytest", "-q", "-m", marked, *spread, *words]


@contextmanager
def _database(name: str) -> Iterator[dict[str, str]]:
    if name == "postgresql":
        say("\n── starting a PostgreSQL of our own")
    with postgres.server() if name == "postgresql" else nullcontext("") as url:
        yield {"VEERKRACHT_DATABASE": url, "VEERKRACHT_LOG_DATABASE": ""}


def _in_a_browser(report: Report, strict: bool) -> None:
    if find_chromium() is None:
        report.gap("tests in a browser", "no chromium found (Debian: apt install chromium)", strict)
        return
    with _database("sqlite") as env:
        report.step("tests in a browser", _pytest("browser", ()), env)


def _tell(report: Report) -> int:
    print(flush=True)
    table(("what", "result", ""), report.rows)
    gaps = [name for name, result, _ in report.rows if result == "NOT RUN"]
    for name in gaps:
        console().print(f"\nATTENTION: {name} did NOT run on this machine.", style="bold yellow")
    if report.failed:
        say(f"\nFailed: {', '.join(report.failed)}.")
        return 1
    say("\nAll that ran passed." if gaps else "\nAll passed.")
    return 0
