"""Writes the text files of the sample reports: `python -m eval.samples.write FOLDER`.

Those in other formats are written by `python -m tests.rendering.sample_files FOLDER`, which needs LibreOffice.
"""

import sys
from pathlib import Path

from eval.samples.source import load_samples


def write_samples(folder: Path) -> list[Path]:
    """One UTF-8 text file per sample that is a text; returns their paths. Files of the same name are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in load_samples():
        if not sample.file_name.endswith(".txt"):
            continue
        path = folder / sample.file_name
        path.write_text(sample.render(), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_samples(Path(sys.argv[1] if len(sys.argv) > 1 else "samples"))
