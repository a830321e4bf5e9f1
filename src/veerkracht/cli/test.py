"""`veerkracht test`: everything that must hold before a change may land."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import click

from veerkracht.cli import postgres
from veerkracht.cli.browser import find_chromium
from veerkracht.cli.output import CommandError, console, say, table
from veerkracht.cli.tests_again import Failures
from veerkracht.config.home import PROJECT

# Python without the ending that tells so.
SCRIPTS = ["veerkracht", ".ci/newcomer", "docs/pictures/take"]
BOTH = ("sqlite", "postgresql")
_AS_SERVED = {"VEERKRACHT_HTTPS": "1"}
_DEPLOYED = ["check", "--deploy", "--fail-level", "WARNING", "--settings", "veerkracht.config.settings"]
# What takes longest first: they run beside each other.
TIDY = {
    "types": ["mypy"],
    "known weaknesses": ["bandit", "--recursive", "--quiet", "--configfile", "pyproject.toml", "src"],
    # As an installation stands that is open to the world.
    "settings of a server": ["python", "-W", "error", "-m", "django", *_DEPLOYED],
    "formatting": ["ruff", "format", "--check", ".", *SCRIPTS],
    "linting": ["ruff", "check", ".", *SCRIPTS],
    "floors": ["lint-imports"],
}
_EMPTY = ["python", "-m", "tests.ready"]
# All tests are shared by several processes, file after file; who is done first takes over half of what is left of
# another's. A chosen few start faster in one.
SPREAD = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
# Where all tests are that ask a browser: reading the thousands of others would take longer than some of them.
IN_A_BROWSER = "tests/browser"


@dataclass(frozen=True)
class Step:
    """A command that must succeed."""

    name: str
    command: list[str]
    env: dict[str, str]

    def run(self, *, aside: bool = False) -> tuple[int, str, float]:
        """Its exit code, what it said (`aside`: instead of saying it here), and the seconds it took."""
        began = time.monotonic()
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if aside else {}
        env = {**os.environ, **self.env}
        done = subprocess.run(self.command, cwd=PROJECT, env=env, text=True, **how)
        return done.returncode, done.stdout or "", time.monotonic() - began

    def announce(self) -> None:
        say(f"\n── {self.name}: {' '.join([Path(self.command[0]).name, *self.command[1:]])}")


@dataclass
class Report:
    """What was done, for the page at the end."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    by_luck: list[str] = field(default_factory=list)

    def step(self, name: str, command: list[str], env: dict[str, str]) -> None:
        step = Step(name, command, env)
        step.announce()
        code, _, seconds = step.run()
        self._write(name, code, seconds)

    def tests(self, name: str, command: list[str], env: dict[str, str], spread: list[str]) -> None:
        """Run tests over the processes of `spread`; a few that failed once more, one after another."""
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="veerkracht-failed-") as folder:
            failures = Failures(Path(folder))
            code = self._run(Step(name, [*command, *spread, *failures.remembered], env))
            if failures.worth_another(code):
                failed = failures.names()
                code = self._run(
                    Step(f"{name}, those that failed once more", [*command, *failures.again], env)
                )
                self.by_luck += [] if code else failed
        self._write(name, code, time.monotonic() - began)

    @staticmethod
    def _run(step: Step) -> int:
        step.announce()
        return step.run()[0]

    def together(self, steps: list[Step]) -> None:
        """Run steps that hang on nothing of each other, one on each core; what each says is shown whole."""
        with ThreadPoolExecutor(os.cpu_count() or 1) as beside:
            for step, (code, said, seconds) in zip(
                steps, beside.map(lambda one: one.run(aside=True), steps), strict=True
            ):
                step.announce()
                print(said, end="", flush=True)
                self._write(step.name, code, seconds)

    def _write(self, name: str, code: int, seconds: float) -> None:
        self.rows.append((name, "failed" if code else "passed", f"{seconds:.0f} s"))
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
    with ExitStack() as until_the_end:
        ready = {name: until_the_end.enter_context(_database(name)) for name in databases}
        report.together(_before(ready, tidy=not pytest_words))
        for name, env in ready.items():
            # What doesn't use the database has run already, when this one is the second.
            again = [] if name == databases[0] else ["--with-database"]
            if pytest_words:
                report.step(f"tests on {name}", _pytest("not browser", *pytest_words), env)
            else:
                report.tests(f"tests on {name}", _pytest("not browser", *again), env, SPREAD)
        if not fast and "sqlite" in ready and not pytest_words:
            _in_a_browser(report, ready["sqlite"], strict)
    return _tell(report)


def _before(ready: dict[str, dict[str, str]], *, tidy: bool) -> list[Step]:
    """What is looked at and made before the tests."""
    words = {name: [_tool(first), *more] for name, (first, *more) in TIDY.items()} if tidy else {}
    empty = [_tool(_EMPTY[0]), *_EMPTY[1:]]
    return [
        *(
            Step(f"empty databases on {name}", empty, {**env, "VEERKRACHT_HOME": env["VEERKRACHT_READY"]})
            for name, env in ready.items()
        ),
        *(Step(name, command, _AS_SERVED) for name, command in words.items()),
    ]


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _pytest(marked: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-m", marked, *words]


@contextmanager
def _database(name: str) -> Iterator[dict[str, str]]:
    """What tells the tests where their databases are, and where empty ones stand ready to be copied."""
    if name == "postgresql":
        say("\n── starting a PostgreSQL of our own")
    with (
        tempfile.TemporaryDirectory(prefix="veerkracht-ready-") as home,
        postgres.server() if name == "postgresql" else nullcontext("") as url,
    ):
        yield {"VEERKRACHT_DATABASE": url, "VEERKRACHT_LOG_DATABASE": "", "VEERKRACHT_READY": home}


def _in_a_browser(report: Report, env: dict[str, str], strict: bool) -> None:
    if find_chromium() is None:
        report.gap("tests in a browser", "no chromium found (Debian: apt install chromium)", strict)
        return
    report.tests("tests in a browser", _pytest("browser", IN_A_BROWSER), env, SPREAD)


def _tell(report: Report) -> int:
    print(flush=True)
    table(("what", "result", ""), report.rows)
    gaps = [name for name, result, _ in report.rows if result == "NOT RUN"]
    for name in gaps:
        console().print(f"\nATTENTION: {name} did NOT run on this machine.", style="bold yellow")
    for name in report.by_luck:
        console().print(
            f"\nATTENTION: {name} failed, and passed when run once more: mend it.", style="bold yellow"
        )
    if report.failed:
        say(f"\nFailed: {', '.join(report.failed)}.")
        return 1
    say("\nAll that ran passed." if gaps else "\nAll passed.")
    return 0
