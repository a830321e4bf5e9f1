"""Lines of the log without personal data: what is written is named here, and everything else stays out.

Our own loggers say a constant text and put what they found in `extra={"facts": {…}}`. Of other people's loggers only
the template of a message is written, never what they fill in (a path, a query, a name); and of an exception its type
and where it was raised, never its text. Requests' bodies, addresses and headers are nowhere in it.
"""

import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

OURS = "veerkracht"
# The id of the request that is being answered; "" outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")
_FRAMES = 12


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says."""
    line: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    if request_id.get():
        line["request_id"] = request_id.get()
    line |= getattr(record, "facts", {})
    if record.exc_info and record.exc_info[0]:
        line["error"] = record.exc_info[0].__name__
        line["at"] = _frames(record.exc_info[2])
    return line


def _message(record: logging.LogRecord) -> str:
    ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    if isinstance(record.msg, str) and (ours or record.args):
        return record.msg
    # Put together beforehand, so that nobody knows what is in it: where it came from says what to look up.
    return f"said at {record.module}:{record.lineno}"


def _frames(trace: Any) -> list[str]:
    """The last places through which an exception came: file, line and function."""
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class JsonLines(JsonFormatter):
    """A JSON object a line."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        log_data.update(told(record))


class Words(logging.Formatter):
    """The same, as a line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        line = told(record)
        head = " ".join(str(line.pop(name)) for name in ("time", "level", "logger"))
        message = line.pop("message")
        facts = " ".join(f"{name}={value}" for name, value in line.items())
        return f"{head}: {message} {facts}".rstrip()
