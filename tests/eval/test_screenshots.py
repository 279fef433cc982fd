"""The pictures in the README are those that the command takes, and small enough to be looked at on a slow line."""

import re
from pathlib import Path

import pytest
from PIL import Image

from eval.screenshots import FOLDER, SHOTS, Shot

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
def test_each_picture_is_there_in_its_size(shot: Shot) -> None:
    path = FOLDER / f"{shot.name}.png"
    assert path.stat().st_size < 200_000
    with Image.open(path) as picture:
        assert picture.size == (shot.width, shot.height)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_pictures_that_are_taken(readme: str) -> None:
    shown = re.findall(r"!\[[^\]]+\]\(docs/screens/([\w-]+)\.png\)", (_ROOT / readme).read_text(encoding="utf-8"))
    assert shown
    assert set(shown) <= {shot.name for shot in SHOTS}
