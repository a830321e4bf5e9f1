"""What every process that a test starts has read already: forked from here, it is there at once.

Nothing is called that would start threads (columns, compiled functions): a fork would not have them.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")
# Settings follow the region (its time zone): those of all tests, whatever region the first that comes here is in.
os.environ.pop("VEERKRACHT_REGION", None)

import django

django.setup()

from veerkracht.cli import import_  # noqa: E402, F401
from veerkracht.config import urls  # noqa: E402, F401
from veerkracht.register import verify  # noqa: E402, F401
from veerkracht.register.care import actions  # noqa: E402, F401
from veerkracht.register.care.exchange import importing  # noqa: E402, F401
from veerkracht.register.supply import actions as supply  # noqa: E402, F401
