"""What reading one file may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of processor time, and by the clock; megabytes: of memory, counted as address space where that is known.

    A scanned report of twenty pages takes two minutes of recognition; LibreOffice asks for 1 GB of addresses.
    """

    seconds: int = 180
    megabytes: int = 2048
