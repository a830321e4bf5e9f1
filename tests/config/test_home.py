"""Tests keep their hands off the home of whoever runs them."""

from pathlib import Path
from tempfile import gettempdir

import pytest
from django.conf import settings

from veerkracht.config.home import home
from veerkracht.rulebook.errors import Fault


def test_tests_have_a_home_of_their_own():
    assert Path(settings.HOME).parent == Path(gettempdir()).resolve()
    assert {Path(database["TEST"]["NAME"]).parent for database in settings.DATABASES.values()} <= {
        settings.HOME
    }


def test_a_home_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    monkeypatch.setenv("VEERKRACHT_HOME", str(taken))
    with pytest.raises(Fault) as fault:
        home()
    assert str(fault.value) == (
        f"The folder for the data, {taken}, can't be made: File exists. "
        "VEERKRACHT_HOME must name a folder that may be written."
    )
