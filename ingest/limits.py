"""What reading one file may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of processor time, and by the clock; megabytes: of memory (address space where the system counts it).

    A scanned report of twenty pages takes two minutes of recognition; LibreOffice needs 1 GB of address space.
    """

    seconds: int = 180
    megabytes: int = 2048
