"""What is logged: one object of JSON a line, without the words of an error.

The message of an error may hold what somebody typed or what a record says (PostgreSQL quotes the row that it refuses),
and logs leave an installation by roads of their own. So an error is told by its class, its SQLSTATE and where it arose.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

DEEPEST = 12
"""So many places of a traceback are told, the nearest to the error."""


class Lines(logging.Formatter):
    """Formats a record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, process, message; with an error its classes and places."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "process": record.process,
            "message": _message(record),
        }  # fmt: skip
        if record.exc_info and record.exc_info[1]:
            said["trouble"] = _trouble(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """What is said; of a request its status and its view, since an address is what somebody typed."""
    status, request = getattr(record, "status_code", None), getattr(record, "request", None)
    if status is None or request is None:
        return record.getMessage()
    match = getattr(request, "resolver_match", None)
    return f"{status} {match.view_name if match else 'no such page'}"


def _trouble(error: BaseException) -> dict[str, Any]:
    places = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    said: dict[str, Any] = {
        "class": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [
            f"{place.filename.rpartition('site-packages/')[2]}:{place.lineno} {place.name}"
            for place in places
        ],
    }
    if state := getattr(error, "sqlstate", None):
        said["sqlstate"] = state
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return said | ({"after": _trouble(before)} if before else {})
