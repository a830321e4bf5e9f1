"""Tests keep their hands off the home of whoever runs them."""

from pathlib import Path
from tempfile import gettempdir

from django.conf import settings


def test_tests_have_a_home_of_their_own():
    assert Path(settings.HOME).parent == Path(gettempdir()).resolve()
    assert {Path(database["TEST"]["NAME"]).parent for database in settings.DATABASES.values()} <= {settings.HOME}
