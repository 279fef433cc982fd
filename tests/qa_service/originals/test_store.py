"""The files of reports: whole or not there, under their SHA-256, gone with their report."""

import hashlib
import os
import threading
from pathlib import Path

import pytest

from qa_service.library import Library
from qa_service.originals.store import Originals
from qa_service.settings import Settings
from reports.errors import StoreError
from tests.indicators.readings import make_reading

CONTENT = "一、总体情况".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_found_as_it_was_kept(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    assert originals.find(SHA256) is None
    originals.keep(CONTENT)
    originals.keep(CONTENT)
    path = originals.find(SHA256)
    assert path is not None
    assert path.read_bytes() == CONTENT
    assert kept(tmp_path) == [SHA256]
    originals.remove(SHA256)
    originals.remove(SHA256)
    assert kept(tmp_path) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "*", SHA256[:-1], SHA256.upper(), f"{SHA256}/x"])
def test_only_a_digest_names_a_file(tmp_path: Path, name: str) -> None:
    originals = Originals(tmp_path)
    originals.keep(CONTENT)
    originals.remove(name)
    assert originals.find(name) is None
    assert kept(tmp_path) == [SHA256]


def test_many_keep_the_same_file_at_once(tmp_path: Path) -> None:
    content = os.urandom(1 << 20)
    threads = [threading.Thread(target=Originals(tmp_path).keep, args=(content,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(tmp_path) == [hashlib.sha256(content).hexdigest()]


def test_what_a_killed_process_left_is_swept_and_a_cut_file_is_replaced(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    folder = tmp_path / SHA256[:2]
    folder.mkdir()
    old, young = folder / f"{SHA256}.old.part", folder / f"{SHA256}.young.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    young.write_bytes(b"half")
    (folder / SHA256).write_bytes(CONTENT[:3])
    originals.keep(CONTENT)
    assert (folder / SHA256).read_bytes() == CONTENT
    assert kept(tmp_path) == [SHA256, young.name]
    originals.remove(SHA256)
    assert kept(tmp_path) == []


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="originals") as raised:
        Originals(tmp_path / "originals").keep(CONTENT)
    assert "原文件" in raised.value.message_zh


def test_a_removed_report_takes_its_file_along(tmp_path: Path) -> None:
    with Library.open(Settings(data=tmp_path)) as library:
        reading = make_reading()
        saved = library.save(reading)
        sha256 = library.store.find_sha256(saved.report_id)
        assert sha256 == reading.report.source.sha256
        # The reading was put together by hand: its file is stood in for.
        path = tmp_path / "originals" / sha256[:2] / sha256
        path.parent.mkdir(parents=True)
        path.write_bytes(CONTENT)
        assert library.originals.find(sha256) == path
        assert library.remove(saved.report_id)
        assert library.originals.find(sha256) is None
        assert library.store.find_sha256(saved.report_id) is None
