"""Log lines for machines: one JSON object a line on stderr, with fields that hold no personal data."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

FIELDS = frozenset(
    [
        "code", "document", "event", "exit", "job", "kind", "method", "ms", "reason", "request", "route", "seconds",
        "status", "webhook", "where", "worker",
    ]
)  # fmt: skip
"""What a line may carry beside its message: identifiers, codes, times. Names, numbers and VINs have no field."""


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object; only FIELDS are taken over, never arguments or tracebacks' values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if not record.args or record.name.startswith("verifier") else record.getMessage(),
        }
        line |= {name: value for name, value in record.__dict__.items() if name in FIELDS}
        if record.exc_info and record.exc_info[0]:
            line["reason"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)


def to_stderr(level: int = logging.INFO) -> None:
    """Send every log line of this process to stderr as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("alembic", "httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
