"""Character recognition by rapidocr, whose models lie in its package: nothing is fetched. Optional: wenbao[ocr]."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from PIL.Image import Image

from reports.place import BBox

_LEAST_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """One stretch of text in a picture: its box in pixels (x0, top, x1, bottom) and how sure the recognition is (0-1)."""

    text: str
    box: BBox
    score: float


def is_ocr_installed() -> bool:
    """Whether the optional extra wenbao[ocr] is there."""
    return find_spec("rapidocr") is not None


def recognise(picture: Image) -> list[Recognised]:
    """All text of a picture, top to bottom. Only with is_ocr_installed()."""
    # The engine remembers switches from call to call, so each call gives all of them.
    found = _engine()(_pixels(picture), use_det=True, use_cls=False, use_rec=True)
    if found.txts is None or found.boxes is None:
        return []
    items = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if text.strip() and score >= _LEAST_SCORE:
            items.append(Recognised(text, (min(xs), min(ys), max(xs), max(ys)), float(score)))
    return sorted(items, key=lambda item: (item.box[1], item.box[0]))


def recognise_line(picture: Image) -> str:
    """The text of a picture of a single line, "" for none: a second look at a figure."""
    found = _engine()(_pixels(picture), use_det=False, use_cls=False, use_rec=True)
    return found.txts[0] if found.txts else ""


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def _pixels(picture: Image) -> Any:
    """Blue, green, red: the order that the models were trained with."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
