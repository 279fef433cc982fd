"""Conversions by LibreOffice: what clerks do with "save as"."""

import shutil
import subprocess
from pathlib import Path

import pytest


def convert(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """`data` (a file ending in `suffix`) as `target` (pdf, doc, docx, rtf, odt). Skips where LibreOffice is not there."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui)")
    source = folder / f"source.{suffix}"
    source.write_bytes(data)
    kind = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}.get(target, target)
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / f"source.{target}").read_bytes()
