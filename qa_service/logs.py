"""Log lines on standard error: one a line, no question texts."""

import logging
import sys


def set_up_logs(level: str = "WARNING") -> None:
    """Sends every log line from `level` on to standard error. For entry points; a library never sets up logs."""
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
