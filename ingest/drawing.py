"""Draws what was read over the pages of a PDF: the tool for finding why a figure is missing."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from indicators.observation import Observation, Origin
from ingest.formats.pdf_pages import open_pdfium, render_page
from ingest.formats.sniffing import sniff_format
from ingest.ingestion import Ingestion
from reports.place import BBox
from reports.table import Cell

_DOTS_PER_INCH = 130.0
_SCALE = _DOTS_PER_INCH / 72
_LEGEND = 26
_MOST_PAGES = 40
_FIGURE, _UNCATALOGUED, _MISSING, _UNREADABLE, _FAILING, _HEADING = (
    (46, 160, 67),
    (240, 170, 0),
    (120, 130, 145),
    (150, 60, 190),
    (215, 50, 40),
    (70, 120, 200),
)
_MEANINGS = (
    (_FIGURE, "figure of the catalogue"),
    (_UNCATALOGUED, "figure that no indicator covers"),
    (_MISSING, "blank or not applicable"),
    (_UNREADABLE, "unreadable"),
    (_FAILING, "in an identity that fails"),
    (_HEADING, "heading, or not taken for a figure"),
)
_Colour = tuple[int, int, int]
_Position = tuple[str, int, int]


def draw_on_pages(path: Path, ingestion: Ingestion, picture: Path) -> bool:
    """Writes a PNG of the PDF's pages that have tables, one below the other, cells framed in the colour of what became
    of them, with indicator ids. False, and nothing is written, for a file without pages or tables."""
    data = path.read_bytes()
    if sniff_format(data, path.name) != "pdf":
        return False
    cells: dict[int, list[tuple[_Position, Cell]]] = {}
    for table in ingestion.report.tables:
        for cell in table.cells:
            if cell.place.page is not None and cell.place.bbox is not None:
                cells.setdefault(cell.place.page, []).append(((table.id, cell.row, cell.column), cell))
    if not cells:
        return False
    figures = {
        (each.citation.table, each.citation.row, each.citation.column): each
        for each in ingestion.observations
        if each.origin is Origin.TABLE
    }
    failing = {position for each in ingestion.imbalances if each.status == "fails" for position in each.cells}
    sheets = []
    with open_pdfium(data, path.name) as document:
        for number in sorted(cells)[:_MOST_PAGES]:
            sheet = render_page(document, number, _DOTS_PER_INCH)
            for position, cell in cells[number]:
                observation = figures.get(position)
                _mark(sheet, cell, observation, _colour(cell, observation, position in failing))
            sheets.append(sheet)
    _stacked(sheets).save(picture, "PNG")
    return True


def _colour(cell: Cell, observation: Observation | None, is_failing: bool) -> _Colour:
    if cell.unreadable:
        return _UNREADABLE
    if observation is None:
        return _HEADING
    if is_failing:
        return _FAILING
    if observation.missing is not None:
        return _MISSING
    return _FIGURE if observation.indicator else _UNCATALOGUED


def _mark(sheet: Image.Image, cell: Cell, observation: Observation | None, colour: _Colour) -> None:
    x0, top, x1, bottom = _pixels(cell.place.bbox or (0, 0, 0, 0))
    area = Image.new("RGBA", (max(1, round(x1 - x0)), max(1, round(bottom - top))), (*colour, 40))
    sheet.paste(area.convert("RGB"), (round(x0), round(top)), area.getchannel("A"))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((x0, top, x1, bottom), outline=colour, width=2)
    if observation is not None and observation.indicator is not None:
        label = observation.indicator.rsplit(".", 1)[-1]
        if observation.applicant:
            label = f"{label} / {observation.applicant}"
        pen.text((x0 + 3, bottom - 11), _fitting(pen, label, x1 - x0 - 4), fill=colour, font=_font(8))


def _fitting(pen: ImageDraw.ImageDraw, text: str, width: float) -> str:
    """The text, or as much of its end as fits."""
    while text and pen.textlength(text, font=_font(8)) > width:
        text = text[1:]
    return text


def _pixels(box: BBox) -> BBox:
    x0, top, x1, bottom = (value * _SCALE for value in box)
    return (x0 + 1, top + 1, x1 - 1, bottom - 1)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _stacked(sheets: list[Image.Image]) -> Image.Image:
    """The sheets one below the other under a key to the colours."""
    width = max(max(sheet.width for sheet in sheets), 900)
    key = _LEGEND * len(_MEANINGS) + 12
    picture = Image.new("RGB", (width, key + sum(sheet.height + 8 for sheet in sheets)), "white")
    pen = ImageDraw.Draw(picture)
    for number, (colour, meaning) in enumerate(_MEANINGS):
        top = 8 + _LEGEND * number
        pen.rectangle((12, top, 32, top + 16), outline=colour, width=3)
        pen.text((42, top), meaning, fill=(30, 30, 30), font=_font(14))
    top = key
    for sheet in sheets:
        picture.paste(sheet, (0, top))
        top += sheet.height + 8
    return picture
