"""Which files a path on the command line stands for."""

from collections.abc import Iterable
from pathlib import Path

# In a folder other files (notes, pictures, spreadsheets) lie beside reports; a file named by itself is always tried.
REPORT_SUFFIXES = frozenset({".txt", ".md", ".pdf", ".docx", ".doc", ".html", ".htm"})


def find_report_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, folders searched to the bottom, each file once and in a stable order.

    Raises FileNotFoundError naming the first path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(filter(_looks_like_report, path.rglob("*")))))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(path)
    return list(found)


def _looks_like_report(path: Path) -> bool:
    return path.suffix.lower() in REPORT_SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()
