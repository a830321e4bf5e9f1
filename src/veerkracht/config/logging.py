"""What is written down while the server runs, where and in which form (`web.operations.logs`)."""

from typing import Any

_FORMATTERS = {
    "json": "veerkracht.web.operations.logs.JsonLines",
    "line": "veerkracht.web.operations.logs.Words",
}


def log_settings(form: str, *, requests: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, as `json` or as a `line` for a person.

    `requests`: also one line for each request.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": _FORMATTERS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # A page that isn't there is the visitor's business, not the operator's.
            "django.request": {"level": "ERROR"},
            # Without handlers of their own, which would write addresses.
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "veerkracht": {"level": "INFO"},
            "veerkracht.request": {"level": "INFO" if requests else "WARNING"},
        },
    }
