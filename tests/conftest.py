"""What every test shares. Which database it runs on says VEERKRACHT_DATABASE; without it, SQLite."""

import atexit
import os
import shutil
import tempfile

import pytest

from veerkracht.config.home import PROJECT, numba_cache

# A home of its own for each test process, before the settings are read: nothing of yours is touched.
_HOME = tempfile.mkdtemp(prefix="veerkracht-test-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["VEERKRACHT_HOME"] = _HOME
# Compiled functions are kept between runs, or each run would spend its first half minute compiling.
os.environ.setdefault("NUMBA_CACHE_DIR", str(numba_cache(PROJECT / "var" / "tests")))


def pytest_configure() -> None:
    from django.conf import settings

    # Slow on purpose in real life, pointless in a test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may use the database may use both: the log is a database of its own."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if marker is None and not asks:
            continue
        args, kwargs = (marker.args, marker.kwargs) if marker else ((), {})
        if "databases" not in kwargs:
            item.add_marker(pytest.mark.django_db(*args, **{**kwargs, "databases": "__all__"}), append=False)
