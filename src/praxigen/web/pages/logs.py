"""Log lines: time, level, logger, event. Never a message's arguments from outside, never a traceback's values."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime

_PRINTABLE = str.maketrans(dict.fromkeys(map(chr, (*range(32), 127, 133, 8232, 8233)), " "))


class LineFormatter(logging.Formatter):
    """One line for each event. A fault is told by its type and the places in code it went through, without its text:
    the text of an exception may quote a chart."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = record.getMessage() if record.name.startswith("praxigen") else str(record.msg).partition("%")[0]
        line = f"{at} {record.levelname} {record.name} {told}"
        if record.exc_info and record.exc_info[0] is not None:
            places = traceback.extract_tb(record.exc_info[2])
            steps = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-6:]))
            line += f" [{record.exc_info[0].__name__} at {steps}]"
        return line.translate(_PRINTABLE)
