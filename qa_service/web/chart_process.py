"""Draws charts in a process of its own, which can be ended when it takes too long and gives its memory back."""

import contextlib
import json
import subprocess
import sys
import threading
import weakref

from reports.errors import WenbaoError

_COMMAND = (sys.executable, "-m", "qa_service.web.chart_worker")
# The first chart takes half a second, the next ones a tenth of that.
_SECONDS = 10.0
# Charts that wait for their turn; more are refused, so that they never take the threads that answer questions.
_WAITING = 4


class ChartBusy(WenbaoError):
    """So many charts are being drawn that this one would wait too long."""

    code = "busy"


class ChartFailed(WenbaoError):
    """The drawing process gave up, or was ended because it took too long."""

    code = "internal"


class ChartProcess:
    """Starts the process at the first chart and again whenever it has ended. Safe between threads."""

    def __init__(self, seconds: float = _SECONDS, command: tuple[str, ...] = _COMMAND) -> None:
        self._seconds = seconds
        self._command = command
        self._places = threading.BoundedSemaphore(_WAITING)
        self._turn = threading.Lock()
        self._running: list[subprocess.Popen[str]] = []
        weakref.finalize(self, _end, self._running)

    def draw(self, spec: str) -> str:
        """The SVG of a Vega-Lite spec on one line. Raises ChartBusy and ChartFailed."""
        if not self._places.acquire(blocking=False):
            raise ChartBusy(
                "Too many charts are being drawn just now. Try again in a few seconds.",
                "正在绘制的图太多，请过几秒再试。",
            )
        try:
            with self._turn:
                return self._draw(spec)
        finally:
            self._places.release()

    def _draw(self, spec: str) -> str:
        process = self._process()
        line = self._exchange(process, spec)
        if not line and process.wait() == 0:
            # Nobody had needed it for a while and it ended by itself, just now.
            line = self._exchange(self._process(), spec)
        # A process that was ended while it wrote leaves half a line.
        drawn = json.loads(line) if line.endswith("\n") else {}
        if "svg" in drawn:
            return str(drawn["svg"])
        raise ChartFailed("The chart could not be drawn. Its figures are in the table.", "图没有画成；数字见表格。")

    def _exchange(self, process: "subprocess.Popen[str]", spec: str) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        limit = threading.Timer(self._seconds, process.kill)
        limit.start()
        try:
            process.stdin.write(spec + "\n")
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return ""
        finally:
            limit.cancel()

    def _process(self) -> "subprocess.Popen[str]":
        if not self._running or self._running[0].poll() is not None:
            _end(self._running)
            self._running.append(
                subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
                )
            )
        return self._running[0]


def _end(running: "list[subprocess.Popen[str]]") -> None:
    while running:
        process = running.pop()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not sent any more cannot be sent
                    pipe.close()
