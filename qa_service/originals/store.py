"""Keeps the file of each stored report as it came, under the SHA-256 of its bytes."""

import hashlib
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from reports.errors import StoreError

_SHA256 = re.compile(r"[0-9a-f]{64}")
# A part that was being written when its process ended; a live one is done within minutes.
_LEFT_BEHIND_SECONDS = 3600.0


class Originals:
    """Files of one folder. Safe for many threads and processes: a file appears whole or not at all.

    Callers keep a file after its report is stored and remove it before the report is: so no file stays without a report,
    and a report whose file is missing gets it when the same file is ingested again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> None:
        """Stores the bytes; nothing where they are stored already. Raises StoreError where the disk refuses."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._path(sha256)
        try:
            if target.is_file() and target.stat().st_size == len(content):
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            self._sweep(target)
            with NamedTemporaryFile(dir=target.parent, prefix=f"{sha256}.", suffix=".part", delete=False) as part:
                try:
                    part.write(content)
                    part.flush()
                    os.fsync(part.fileno())
                    Path(part.name).replace(target)
                except BaseException:
                    Path(part.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise StoreError(
                f"the original file cannot be kept in {self._folder} ({error.strerror}). The report itself is stored; make "
                "room or mend the folder's permissions, and ingest the same file again.",
                f"原文件无法存入 {self._folder}（{error.strerror}）。年报内容已入库；请腾出空间或修正权限后再次读入该文件。",
            ) from error

    def find(self, sha256: str) -> Path | None:
        """Where the file with this SHA-256 (hex) lies; None if it is not kept."""
        if not _SHA256.fullmatch(sha256):
            return None
        path = self._path(sha256)
        return path if path.is_file() else None

    def remove_damaged(self, sha256: str) -> bool:
        """Deletes the file with this SHA-256 if its bytes have another by now; whether it did. Raises StoreError.

        It can be kept anew then, from whoever has the file.
        """
        path = self.find(sha256)
        if path is None:
            return False
        with path.open("rb") as file:
            is_whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        if not is_whole:
            self.remove(sha256)
        return not is_whole

    def remove(self, sha256: str) -> None:
        """Deletes the file with this SHA-256, if it is kept. Raises StoreError where the disk refuses."""
        if not _SHA256.fullmatch(sha256):
            return
        target = self._path(sha256)
        try:
            for part in target.parent.glob(f"{sha256}.*.part"):
                part.unlink(missing_ok=True)
            target.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"the original file {target} cannot be deleted ({error.strerror}). Mend its permissions and try again.",
                f"原文件 {target} 无法删除（{error.strerror}）。请修正权限后重试。",
            ) from error

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _sweep(self, target: Path) -> None:
        for part in target.parent.glob(f"{target.name}.*.part"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                    part.unlink()
