"""A public body as the lists show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgencyItem:
    """An agency with reports. region: places from the outside in; years: the data years it has reports of."""

    id: str
    name: str
    english: str | None
    region: tuple[str, ...]
    aliases: tuple[str, ...]
    years: tuple[int, ...]
