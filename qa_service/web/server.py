"""Runs the service on a port, in this process or in several."""

import logging
import socket
from collections.abc import Callable
from threading import Thread

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from reports.errors import SettingsError

# Of a question and its history; a proxy in front keeps connections far longer than a browser does.
_KEEP_ALIVE_SECONDS = 15
_START_SECONDS = 120


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises SettingsError, naming the setting to change, where it is not to be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Choose another --port or --host.",
            f"无法在 {host} 的 {port} 端口上监听（{error.strerror}）。请用 --port 或 --host 另选。",
        ) from error
    bound.set_inheritable(True)
    return bound


_log = logging.getLogger(__name__)


class _AnnouncingServer(uvicorn.Server):
    """Says when it can be asked."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._announce()


class _AnnouncingProcesses(Multiprocess):
    """Says when all of the first workers can be asked."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], announce: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._announce = announce

    def init_processes(self) -> None:
        super().init_processes()
        Thread(target=self._wait, args=(tuple(self.processes),), daemon=True).start()

    def _wait(self, processes: tuple[Process, ...]) -> None:
        if all(each.wait_until_ready(_START_SECONDS, self.should_exit) for each in processes):
            self._announce()
        elif not self.should_exit.is_set():
            # Workers that fail at the start would be started again for ever: stop, so that whoever runs us sees it.
            _log.error("the workers did not start; see the lines above")
            self.should_exit.set()


def serve_here(app: FastAPI, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serves the application in this process until it is told to stop; calls announce once it accepts questions."""
    _AnnouncingServer(_config(app), announce).run(sockets=[listening])


def serve_in_workers(factory: str, workers: int, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serves what "module:function" makes, in that many processes, until it is told to stop."""
    _AnnouncingProcesses(_config(factory, workers), [listening], announce).run()


def _config(app: FastAPI | str, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        # Addresses may hold a question (/?q=…); what is served is counted elsewhere.
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=10,
        lifespan="off",
    )
