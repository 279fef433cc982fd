"""Coordinates of a page: from PDF user space to the upright page that is read, and to the page that a viewer shows."""

import math
from dataclasses import dataclass

from reports.place import BBox


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How a page's own coordinates become upright ones.

    left, bottom, right, top: the visible box in PDF user space. shown_turn: clockwise quarter turns that a viewer
    applies. upright_turn: those that make most of the text read from left to right, which differs from shown_turn where
    a wide table was laid sideways on an upright page.
    """

    left: float
    bottom: float
    right: float
    top: float
    shown_turn: int
    upright_turn: int

    @property
    def width(self) -> float:
        """Width of the upright page."""
        return self.top - self.bottom if self.upright_turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the upright page."""
        return self.right - self.left if self.upright_turn % 2 else self.top - self.bottom

    def upright(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """A box of user space as (x0, top, x1, bottom) on the upright page."""
        box = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        return _turned(box, self.upright_turn, self.right - self.left, self.top - self.bottom)

    def shown(self, box: BBox) -> BBox:
        """An upright box as it lies on the page that a viewer shows."""
        return _turned(box, (self.shown_turn - self.upright_turn) % 4, self.width, self.height)


def is_slanted(angle: float) -> bool:
    """Whether a direction of writing (radians) is none of the four along the page's edges."""
    quarters = math.degrees(angle) / 90
    return abs(quarters - round(quarters)) > 0.05


def _turned(box: BBox, turns: int, width: float, height: float) -> BBox:
    """A box on a page of width x height after clockwise quarter turns of the page."""
    for _ in range(turns % 4):
        x0, top, x1, bottom = box
        box = (height - bottom, x0, height - top, x1)
        width, height = height, width
    return box
