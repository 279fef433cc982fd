"""Has one page drawn by a process of its own, under limits, and takes what it says with care."""

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from qa_service.originals.page import Glyph, PageDrawing
from reports.errors import UnreadableFile

_ROOT = Path(__file__).parents[2]
# The exit code of `qa_service.originals.page_child` where the file has no such page.
_NO_SUCH_PAGE = 3
_PNG = b"\x89PNG\r\n\x1a\n"
# All that it gets of the environment: a file that takes the child over finds no key and no password in it.
_NEEDED = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class DrawingLimits:
    """What drawing one page may take. A dense page of a report takes a quarter of a second and 200 MB of addresses."""

    seconds: int = 15
    megabytes: int = 1536


def draw_page(path: Path, number: int, limits: DrawingLimits | None = None) -> PageDrawing | None:
    """Page `number` (1-based) of a PDF or a picture; None where the file has no such page.

    Raises UnreadableFile for a file that cannot be drawn, or not within the limits.
    """
    limits = limits or DrawingLimits()
    # -P: what lies in the current folder is not imported.
    command = [
        sys.executable, "-P", "-m", "qa_service.originals.page_child",
        str(path), str(number), str(limits.seconds), str(limits.megabytes),
    ]  # fmt: skip
    search = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    with TemporaryFile() as output:
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=2 * limits.seconds,
                env={**_needed(), **_ONE_THREAD, "PYTHONPATH": search, "PYTHONUTF8": "1"},
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            raise _not_drawn() from error
        output.seek(0)
        header, _, picture = output.read().partition(b"\n")
    if done.returncode == _NO_SUCH_PAGE:
        return None
    if done.returncode != 0:
        raise _not_drawn()
    try:
        return _parse(number, json.loads(header), picture)
    except (ValueError, KeyError, TypeError) as error:
        raise _not_drawn() from error


def _needed() -> dict[str, str]:
    return {name: os.environ[name] for name in _NEEDED if name in os.environ}


def _parse(number: int, header: dict[str, Any], picture: bytes) -> PageDrawing:
    width, height = _number(header["width"]), _number(header["height"])
    if not picture.startswith(_PNG) or not (width > 0 and height > 0):
        raise ValueError("not a page")
    glyphs = tuple(
        Glyph(str(text), (_number(x0), _number(top), _number(x1), _number(bottom)))
        for text, x0, top, x1, bottom in header["glyphs"]
    )
    return PageDrawing(number, int(header["pages"]), width, height, picture, glyphs)


def _number(value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _not_drawn() -> UnreadableFile:
    return UnreadableFile(
        "This page cannot be drawn: the file is damaged, or drawing it takes too long. Download the file and open it in "
        "its own program.",
        "此页无法绘制：文件已损坏，或绘制耗时过长。请下载原文件，用相应软件打开。",
        code="page-not-drawn",
    )
