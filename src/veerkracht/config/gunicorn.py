"""What gunicorn does for Veerkracht: `gunicorn -c python:veerkracht.config.gunicorn veerkracht.config.wsgi`.

Lines without personal data, metrics of all processes added up, and time to finish what was begun. Also used by
`veerkracht run`.
"""

from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

from veerkracht.config import settings

logconfig_dict = settings.LOGGING
loglevel = "warning"
# Who is being answered is answered: a round that is signed takes longer than a page.
graceful_timeout = 25
timeout = 120
worker_class = "gthread"


def on_starting(_server: Any) -> None:
    """What an earlier server counted would be added to what this one does."""
    for old in Path(settings.METRICS_FOLDER).glob("*.db"):
        old.unlink(missing_ok=True)


def child_exit(_server: Any, worker: Any) -> None:
    multiprocess.mark_process_dead(worker.pid)
