"""Every exception of Wenbao that a caller may meet.

WenbaoError                 base; its message says what to do next
├── UnreadableFile          the file cannot be read at all (empty, encrypted, damaged, unknown format)
├── NotAReport              the file was read but no agency or no year was found in it
├── StoreError              the store cannot be opened or written
└── SettingsError           a setting is wrong; the message names it
Expected absences (a blank cell, no such report) are values, not exceptions.
"""


class WenbaoError(Exception):
    """Base of all expected failures. `code` is stable; str(error) is English, `message_zh` the same in Chinese."""

    code = "error"

    def __init__(self, message: str, message_zh: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message_zh = message_zh or message
        if code:
            self.code = code


class UnreadableFile(WenbaoError):
    """The file cannot be read at all."""

    code = "unreadable-file"


class NotAReport(WenbaoError):
    """The file was read, but it does not say which agency or which year it reports on."""

    code = "not-a-report"


class StoreError(WenbaoError):
    """The store cannot be opened or written."""

    code = "store"


class SettingsError(WenbaoError):
    """A setting is wrong."""

    code = "settings"
