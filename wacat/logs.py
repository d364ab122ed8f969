"""Log lines without people: an exception's text may quote the row or the value that failed."""

import logging
import traceback
from types import TracebackType
from typing import Any

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | Any


class DiscreetFormatter(logging.Formatter):
    """Writes where an exception came from and of which class it is, never what it says."""

    def formatException(self, ei: ExceptionInfo) -> str:
        kind, _, where = ei
        frames = "".join(traceback.format_tb(where)).rstrip()
        return f"{frames}\n{kind.__module__}.{kind.__qualname__}" if kind else frames
