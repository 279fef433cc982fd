"""The drawn pages that were asked for last."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from qa_service.originals.page import PageDrawing
from qa_service.originals.page_process import DrawingLimits, draw_page

# An A4 page of text takes 0.3 MB with its characters.
_BYTES_AT_MOST = 48 * 1024 * 1024

_Key = tuple[Path, int]


class PagePictures:
    """Draws pages and remembers some. Safe between threads; who asks sees to it that the file may still be shown."""

    def __init__(self, bytes_at_most: int = _BYTES_AT_MOST, limits: DrawingLimits | None = None) -> None:
        self._bytes_at_most = bytes_at_most
        self._limits = limits or DrawingLimits()
        self._kept: OrderedDict[_Key, PageDrawing] = OrderedDict()
        self._lock = Lock()

    def find(self, path: Path, number: int) -> PageDrawing | None:
        """The page if it was drawn before and is remembered."""
        with self._lock:
            drawing = self._kept.get((path, number))
            if drawing is not None:
                self._kept.move_to_end((path, number))
            return drawing

    def draw(self, path: Path, number: int) -> PageDrawing | None:
        """Page `number` (1-based) of the file, which never changes under its name; None where it has no such page.

        Raises UnreadableFile as `draw_page` does.
        """
        known = self.find(path, number)
        if known is not None:
            return known
        drawing = draw_page(path, number, self._limits)
        if drawing is not None:
            self._keep((path, number), drawing)
        return drawing

    def _keep(self, key: _Key, drawing: PageDrawing) -> None:
        with self._lock:
            self._kept[key] = drawing
            taken = sum(each.size for each in self._kept.values())
            while taken > self._bytes_at_most:
                _, dropped = self._kept.popitem(last=False)
                taken -= dropped.size
