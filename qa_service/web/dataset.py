"""A report as a schema.org Dataset, for search engines and catalogues: JSON-LD that can stand in a page."""

import json
from urllib.parse import quote, urlencode

from indicators.stored_report import ReportItem
from reports.agency import Agency

# What could end the element that the JSON stands in, or a line of a script, is written as JSON's own escape.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def render_dataset(report: ReportItem, agency: Agency) -> str:
    """The JSON-LD of one report; safe inside <script type="application/ld+json"> whatever the report holds."""
    place = f"/reports/{quote(report.id, safe='')}"
    figures = {"report": report.id}
    dataset = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": place,
        "url": place,
        "identifier": report.id,
        "name": report.title or f"{agency.name} {report.year}",
        "description": (
            f"{agency.name}{report.year}年政府信息公开工作年度报告中的{report.figures}个数字，每个均标明在原文件中的位置。 "
            f"{report.figures} figures of the {report.year} information-disclosure report of {agency.english or agency.name}, "
            "each with its place in the file."
        ),
        "inLanguage": "zh-CN",
        "temporalCoverage": str(report.year),
        "version": str(report.revision),
        "isAccessibleForFree": True,
        "creator": {
            "@type": "GovernmentOrganization",
            "name": agency.name,
            **({"alternateName": agency.english} if agency.english else {}),
        },
        "distribution": [
            _download("text/csv", {**figures, "format": "csv"}),
            _download("application/json", {**figures, "limit": "1000"}),
        ],
    }
    if agency.region:
        dataset["spatialCoverage"] = {"@type": "Place", "name": " ".join(agency.region)}
    return json.dumps(dataset, ensure_ascii=False).translate(_ESCAPES)


def _download(media_type: str, query: dict[str, str]) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": f"/v1/figures?{urlencode(query)}"}
