"""Character recognition for pictures of pages; optional, works offline, marks all that it reads with ocr=True."""

from importlib.util import find_spec

from PIL.Image import Image

from reports.document import Paragraph
from reports.table import Table


def is_ocr_installed() -> bool:
    """Whether the optional extra wenbao[ocr] is there."""
    return find_spec("rapidocr") is not None


def read_picture(picture: Image, *, page: int, points_per_pixel: float) -> list[Paragraph | Table]:
    """Paragraphs and tables of a picture of one page."""
    raise NotImplementedError
