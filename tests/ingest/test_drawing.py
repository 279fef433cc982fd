"""The picture of what was read over the pages of a PDF."""

from pathlib import Path

from PIL import Image

from ingest.drawing import draw_on_pages
from ingest.read_report import read_report
from tests.formats.real_reports import SHARED, real_report

_FIGURE = (46, 160, 67)


def _count(picture: Path, colour: tuple[int, int, int]) -> int:
    with Image.open(picture) as image:
        colours = image.convert("RGB").getcolors(1 << 24)
    return sum(count for count, found in colours or [] if found == colour)


def test_cells_are_framed_over_the_pages(tmp_path: Path) -> None:
    real_report("huaian_gov_2024.pdf")
    path = SHARED / "huaian_gov_2024.pdf"
    picture = tmp_path / "out.png"
    assert draw_on_pages(path, read_report(path), picture)
    # 200 figures with frames of at least 20 by 10 pixels, besides the key's.
    assert _count(picture, _FIGURE) > 200 * 2 * (20 + 10)


def test_a_file_without_pages_is_not_drawn(tmp_path: Path) -> None:
    real_report("zhenhai_hrss_2022.txt")
    path = SHARED / "zhenhai_hrss_2022.txt"
    picture = tmp_path / "out.png"
    assert not draw_on_pages(path, read_report(path), picture)
    assert not picture.exists()
