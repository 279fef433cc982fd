"""Draws one page of a file that nobody trusts, in a process of its own: `python -m qa_service.originals.page_child`.

Arguments: the file, the page (1-based), seconds of processor time, megabytes of address space. Standard output: a line of
JSON, then the PNG. Exit code 3: no such page (the JSON says how many there are); 4: the file cannot be drawn.
It imports pdfium and Pillow alone and reads no report: where things stand was read before, when the file was ingested.
"""

import ctypes
import io
import json
import math
import resource
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageSequence, UnidentifiedImageError

NO_SUCH_PAGE, NOT_DRAWN = 3, 4
# Twice the size in points: small print is sharp on a usual screen. An A4 page has 2 megapixels then.
_SCALE = 2.0
_MOST_PIXELS = 6_000_000
_LONGEST_SIDE = 5_000
_LARGEST_IMAGE = 80_000_000
_MOST_GLYPHS = 20_000
_OUTPUT_BYTES = 40 * 1024 * 1024
# Whole steps of the conversion from the file's coordinates to the page as it is shown.
_STEPS = 100
# A page that is a picture has the width of A4 in points, as when it was read.
_ACROSS, _UPRIGHT = 842.0, 595.0
_FAILURES = (
    pypdfium2.PdfiumError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    MemoryError,
)

_Header = dict[str, object]


def main() -> None:
    """Draws the page that the arguments name."""
    path, number, seconds, megabytes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, megabytes * 1024 * 1024)
    _limit(resource.RLIMIT_FSIZE, _OUTPUT_BYTES)
    try:
        sys.exit(_draw(path.read_bytes(), number, sys.stdout.buffer))
    except _FAILURES as error:
        print(type(error).__name__, error, file=sys.stderr)  # noqa: T201
        sys.exit(NOT_DRAWN)


def _draw(data: bytes, number: int, output: BinaryIO) -> int:
    """Writes the page; the exit code."""
    header, picture = _draw_pdf(data, number) if b"%PDF-" in data[:1024] else _draw_image(data, number)
    output.write(json.dumps(header, ensure_ascii=False).encode() + b"\n")
    if picture is None:
        return NO_SUCH_PAGE
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "PNG")
    output.write(buffer.getvalue())
    return 0


def _draw_pdf(data: bytes, number: int) -> tuple[_Header, Image.Image | None]:
    document = pypdfium2.PdfDocument(data)
    # What was filled into a form is drawn by the form, not by the page.
    document.init_forms()
    pages = len(document)
    if not 1 <= number <= pages:
        return {"pages": pages}, None
    page = document[number - 1]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError("the page has no size")
    picture = page.render(scale=_scale(width, height), may_draw_forms=True).to_pil()
    glyphs = [[text, *box] for text, box in _glyphs(page, width, height)]
    return {"pages": pages, "width": width, "height": height, "glyphs": glyphs}, picture


def _scale(width: float, height: float) -> float:
    return min(_SCALE, math.sqrt(_MOST_PIXELS / (width * height)), _LONGEST_SIDE / max(width, height))


def _glyphs(page: pypdfium2.PdfPage, width: float, height: float) -> Iterator[tuple[str, list[float]]]:
    text_page = page.get_textpage()
    box = pdfium.FS_RECTF()
    across, down = round(width * _STEPS), round(height * _STEPS)
    for index in range(min(text_page.count_chars(), _MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF or not chr(code).strip():
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        corners = [_shown(page, across, down, x, y) for x, y in ((box.left, box.top), (box.right, box.bottom))]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        yield chr(code), [xs[0], ys[0], xs[1], ys[1]]


def _shown(page: pypdfium2.PdfPage, across: int, down: int, x: float, y: float) -> tuple[float, float]:
    """A point of the file's own coordinates on the page as it is shown: cut to its visible box, and turned."""
    shown_x, shown_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, ctypes.byref(shown_x), ctypes.byref(shown_y))
    return shown_x.value / _STEPS, shown_y.value / _STEPS


def _draw_image(data: bytes, number: int) -> tuple[_Header, Image.Image | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as opened:
            pages = getattr(opened, "n_frames", 1)
            if opened.width * opened.height > _LARGEST_IMAGE:
                raise ValueError("the picture is too large")
            if not 1 <= number <= pages:
                return {"pages": pages}, None
            frame = next(each for at, each in enumerate(ImageSequence.Iterator(opened), start=1) if at == number)
            picture = frame.convert("RGB")
    width = _ACROSS if picture.width > picture.height else _UPRIGHT
    height = picture.height * width / picture.width
    scale = min(1.0, _scale(width, height) * width / picture.width)
    if scale < 1.0:
        picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    return {"pages": pages, "width": width, "height": height, "glyphs": []}, picture


def _limit(which: int, soft: int) -> None:
    hard = resource.getrlimit(which)[1]
    try:
        resource.setrlimit(which, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    except (ValueError, OSError):
        # macOS knows no limit of addresses; there the parent's clock is what holds.
        return


if __name__ == "__main__":
    main()
