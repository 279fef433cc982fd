"""The parent's end of one child process: starting it, watching it, ending it."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from ingest.ingestion import Ingestion
from ingest.limits import Limits
from ingest.report_files import ReportFile
from reports.errors import UnreadableFile, WenbaoError

if TYPE_CHECKING:
    from ingest.child import Answer

_START_WITHIN = 120.0
_ROOT = Path(__file__).parents[1]
# -P: what lies in the folder where somebody calls `wenbao` is not imported.
_COMMAND = (sys.executable, "-P", "-c", "from ingest.child import main; main()")

# There is a child a processor already; and on machines with many, libraries reserve memory for a thread on each.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


class ReaderProcess:
    """A child that reads files, one at a time. folder: for its temporary files and what it complains of.

    `connection` is readable when there is something for `receive`. files: how many it was given.
    """

    def __init__(self, limits: Limits, folder: Path) -> None:
        self.limits = limits
        self.file: ReportFile | None = None
        self.connection, theirs = Pipe()
        self._said = folder / f"child-{time.monotonic_ns()}.log"
        self.files = 0
        self._ready = False
        self._deadline = time.monotonic() + _START_WITHIN
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        with theirs, self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [*_COMMAND, str(theirs.fileno()), str(limits.seconds), str(limits.megabytes)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path, "TMPDIR": str(folder), "PYTHONUTF8": "1"},
            )
        self._watched = psutil.Process(self._process.pid)

    @property
    def is_open(self) -> bool:
        """Whether it can be given more files."""
        return not self.connection.closed

    def read(self, file: ReportFile) -> None:
        """Gives it a file; it must have none. The file's time begins when the child has started."""
        self.file = file
        if self._ready:
            self._send()

    def receive(self) -> "Ingestion | WenbaoError | None":
        """What became of its file; None if there is no answer yet.

        Raises WenbaoError if it cannot start at all.
        """
        try:
            answer: Answer | str = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(answer, str):
            self._ready = True
            if self.file is not None:
                self._send()
            return None
        return self._result(answer)

    def check(self) -> UnreadableFile | None:
        """Why its file must be given up: too much time or memory. None while all is well.

        Raises WenbaoError if it does not start in time.
        """
        if time.monotonic() > self._deadline:
            if not self._ready:
                raise self._cannot_start()
            return self._given_up(_too_long(self.limits))
        try:
            taken = self._watched.memory_info().rss
        except psutil.Error:
            return None
        return self._given_up(_too_much(self.limits)) if taken > self.limits.megabytes * 1024 * 1024 else None

    def close(self) -> None:
        """Ends it at once, with all that it has started."""
        if self.connection.closed:
            return
        self.connection.close()
        try:
            begun = [*self._watched.children(recursive=True), self._watched]
        except psutil.Error:
            begun = []
        for process in begun:
            try:
                process.kill()
            except psutil.Error:
                continue
        self._process.wait()

    def _send(self) -> None:
        assert self.file is not None
        self.files += 1
        self._deadline = time.monotonic() + self.limits.seconds
        try:
            self.connection.send((self.file.name, self.file.data))
        except OSError:
            # It has just died; the next `receive` meets the end of the connection.
            return

    def _result(self, answer: "Answer") -> Ingestion | WenbaoError:
        self.file = None
        self._deadline = float("inf")
        if isinstance(answer, (Ingestion, WenbaoError)):
            return answer
        if answer.trace is None:
            return self._given_up(_too_much(self.limits))
        return ReaderFault(answer.trace)

    def _given_up(self, error: UnreadableFile) -> UnreadableFile:
        self.file = None
        self.close()
        return error

    def _died(self) -> UnreadableFile | None:
        if not self._ready:
            raise self._cannot_start()
        had_file = self.file is not None
        code = self._process.wait()
        error = _too_long(self.limits) if code == -signal.SIGXCPU else _ended(code)
        self._given_up(error)
        return error if had_file else None

    def _cannot_start(self) -> WenbaoError:
        self.close()
        lines = self._said.read_text("utf-8", "replace").strip().splitlines()
        why = lines[-1] if lines else f"exit code {self._process.returncode}"
        return WenbaoError(
            f"The process that reads files cannot be started ({why}). Is there memory left, and is Wenbao installed whole?",
            f"读取文件的进程无法启动（{why}）。请检查内存是否足够、安装是否完整。",
            code="internal",
        )


class ReaderFault(WenbaoError):
    """A reader failed in a way nobody foresaw. trace: where."""

    code = "internal"

    def __init__(self, trace: str) -> None:
        super().__init__(
            "Wenbao failed at this file; the log above says where. Report the fault, with the file if you may share it.",
            "读取此文件时程序出错，位置见上面的日志。请反馈此问题，并尽可能附上文件。",
        )
        self.trace = trace


def _too_long(limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        f"reading took more than {limits.seconds} s and was stopped. Save the report anew, without pictures, or allow more "
        "with --seconds.",
        f"读取超过 {limits.seconds} 秒，已中止。请去掉图片重新保存，或用 --seconds 放宽限制。",
        code="took-too-long",
    )


def _too_much(limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        f"reading took more than {limits.megabytes} MB of memory and was stopped. Save the report anew, without pictures, "
        "or allow more with --megabytes.",
        f"读取占用内存超过 {limits.megabytes} MB，已中止。请去掉图片重新保存，或用 --megabytes 放宽限制。",
        code="took-too-much-memory",
    )


def _ended(code: int) -> UnreadableFile:
    try:
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        how = f"signal {-code}"
    return UnreadableFile(
        f"the process that read it was ended by the system ({how}): the file is damaged, or memory ran out. Open the "
        "report in its own program and save it anew.",
        f"读取进程被系统终止（{how}）：文件已损坏或内存不足。请用相应软件打开并重新保存。",
        code="reader-died",
    )
