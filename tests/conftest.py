"""What every test shares. Which database it runs on says VEERKRACHT_DATABASE; without it, SQLite."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import django
import hypothesis
import pytest

from tests import ready
from veerkracht.cli.browser import find_chromium
from veerkracht.config.home import PROJECT, numba_cache

# Thousands of tests are read first, and stay until the end: looking through them for rubbish finds none.
gc.disable()
# A home of its own for each test process, before the settings are read: nothing of yours is touched.
_HOME = tempfile.mkdtemp(prefix="veerkracht-test-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["VEERKRACHT_HOME"] = _HOME
# Named here and not in pyproject.toml: from there the settings are read before this file, with somebody's own home.
os.environ["DJANGO_SETTINGS_MODULE"] = "veerkracht.config.settings"
# Compiled functions are kept between runs, or each run would spend its first half minute compiling.
os.environ.setdefault("NUMBA_CACHE_DIR", str(numba_cache(PROJECT / "var" / "tests")))
django.setup()
# No deadline: the first example of a compiled function pays for compiling it. In CI the same examples each
# time, so that a change is judged by what it changes.
hypothesis.settings.register_profile("veerkracht", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("veerkracht")


def pytest_configure() -> None:
    from django.conf import settings

    # Slow on purpose in real life, pointless in a test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database",
        action="store_true",
        help="run only the tests that use the database: the others don't hang on which one it is",
    )


# What a page says and who may open it hangs on no database; what is asked of one for it does, and the tests of queries
# and actions try that on both.
_OF_PAGES = {"web", "identity", "permissions", "pay", "hardening"}
_USING_THE_DATABASE = {"db", "transactional_db", "live_server", "world", "small_world"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that may use the database may use both: the log is a database of its own."""
    using, others = [], []
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = _USING_THE_DATABASE & set(getattr(item, "fixturenames", ()))
        (using if marker or asks else others).append(item)
    for item in using:
        marker = item.get_closest_marker("django_db")
        args, kwargs = (marker.args, marker.kwargs) if marker else ((), {})
        if "databases" not in kwargs:
            item.add_marker(pytest.mark.django_db(*args, **{**kwargs, "databases": "__all__"}), append=False)
    if config.getoption("--with-database"):
        again = [item for item in using if not _runs_once(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
        items[:] = again


def _runs_once(item: pytest.Item) -> bool:
    is_of_pages = item.path.parent.name in _OF_PAGES or "page" in item.path.stem
    return is_of_pages or item.get_closest_marker("once") is not None


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """What was copied into place is used as it is, and is gone with the run."""
    return django_db_keepdb or bool(ready.HOME)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Each process of a run names its own databases; they are there before Django looks for them."""
    if ready.HOME:
        with django_db_blocker.unblock():
            ready.copy_into_place()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Before the first test they are remembered as they are."""
    with django_db_blocker.unblock():
        ready.remember()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The demo world at full size, for the tests of one module; taken back after the last."""
    with django_db_blocker.unblock():
        yield from _taken_back()


@pytest.fixture(scope="module")
def small_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A demo world in which 300 requests wait, for the tests of one module; taken back after the last."""
    with django_db_blocker.unblock():
        yield from _taken_back(size=300)


def _taken_back(**how: Any) -> Iterator[Any]:
    """A demo world, without turns, that lasts until the generator is closed."""
    from django.db import transaction

    from veerkracht.register.world import build

    with transaction.atomic("default"), transaction.atomic("log"):
        yield build(turns=False, **how)
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser for the tests marked `browser`; one process for all of them."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        pytest.skip("no chromium found")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    # Playwright keeps an event loop in this thread, in which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def assert_queries(django_assert_num_queries: Any) -> Callable[..., Any]:
    """Exactly so many queries. `columns`: how many of them read whole columns, which PostgreSQL hands over by COPY,
    that Django does not count.
    """

    from django.db import connection

    def counted(number: int, *, columns: int) -> Any:
        return django_assert_num_queries(number - columns if connection.vendor == "postgresql" else number)

    return counted


@pytest.fixture
def new_context(chromium: Any) -> Iterator[Callable[..., Any]]:
    """A context of the browser, as Playwright's own, that waits long: two share the machine. Closed after the test."""
    contexts = []

    def opened(**how: Any) -> Any:
        context = chromium.new_context(**how)
        context.set_default_timeout(240_000)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


def _where(said: Any) -> str:
    return f"{said.text} at {said.location.get('url')}"


@pytest.fixture
def page(new_context: Callable[..., Any], live_server: Any) -> Iterator[Any]:
    """An empty tab whose relative addresses lead to the running pages.

    What the browser complains of (a script that fails, a style that the page's own policy forbids, a file
    that isn't there) fails the test.
    """
    context = new_context(base_url=live_server.url, locale="nl-BE")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(_where(said)) if said.type == "error" else None)
    yield tab
    context.close()
    assert complaints == []


@pytest.fixture(autouse=True, scope="session")
def _who_commits_leaves_empty_databases_behind() -> Iterator[None]:
    from django.test import TransactionTestCase

    by_django = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _test: ready.restore()
    yield
    TransactionTestCase._fixture_teardown = by_django


@pytest.fixture(autouse=True)
def _language_of_the_settings() -> None:
    """A page leaves its language behind in the process; no test may hang on which one came before it."""
    from django.utils import translation

    translation.deactivate()
