"""The public body that issues a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """An issuer of reports.

    id: English and stable, derived from the official name by `ingest.agency_names` ("yinzhou_hrss").
    name: the longest official Chinese name seen ("宁波市鄞州区人力资源和社会保障局").
    region: places from the outside in, as far as the name or the seed list tells ("浙江省", "宁波市", "鄞州区").
    aliases: further names given by hand or seen in reports; names that follow by rule are generated where they are used.
    """

    id: str
    name: str
    english: str | None = None
    region: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
