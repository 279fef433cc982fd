"""Writes the samples that are no text files: `python -m tests.rendering.sample_files samples`.

Each is made from the Word text export of its source, its tables put together again; the PDF by LibreOffice.
"""

import sys
import tempfile
from pathlib import Path

from eval.samples.source import Sample, load_samples
from ingest.formats.from_text import read_text
from tests.rendering.html_page import render_html
from tests.rendering.office import convert
from tests.rendering.true_spans import with_true_spans
from tests.rendering.word_file import render_docx


def make_file(sample: Sample, folder: Path) -> bytes:
    """The bytes of a sample in its own format. folder: for what is needed on the way."""
    document = with_true_spans(read_text(sample.render().encode(), sample.file_name))
    if sample.style == "html":
        return render_html(document).replace("月亮湾市".encode(), "示例市".encode())
    word = render_docx(document)
    return word if sample.style == "docx" else convert(word, "docx", "pdf", folder)


def main(target: Path) -> None:
    """Writes every sample that is no text file."""
    for sample in load_samples():
        if not sample.file_name.endswith(".txt"):
            with tempfile.TemporaryDirectory() as folder:
                (target / sample.file_name).write_bytes(make_file(sample, Path(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "samples"))
