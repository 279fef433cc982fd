"""A theme of problems and commitments as the list shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThemeItem:
    """A theme by the id that commitments are filtered by, and its name in both languages."""

    id: str
    zh: str
    en: str
