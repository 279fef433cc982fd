"""Something a person should know about one file; never an exception once the file could be opened."""

from dataclasses import dataclass
from enum import StrEnum

from reports.place import Place


class Severity(StrEnum):
    """error: figures are missing or unreadable because of it; warning: look at it; info: a remark."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a file. `code` is stable and kebab-case ("page-is-picture"); the messages say what to do."""

    code: str
    message: str
    message_zh: str
    severity: Severity = Severity.WARNING
    place: Place | None = None
