"""Whether a request is taken on: how many a client may send, how many are answered at once, how long one may take."""

import asyncio
import logging
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.web.client_rate import ClientRate
from qa_service.web.errors import render_problem
from qa_service.web.problem import Problem, make_problem

log = logging.getLogger(__name__)

# The doors behind which work is done for a question. Whether the process lives (/healthz) may always be asked.
PATHS = frozenset(("/v1/ask", "/v1/ask/stream", "/v1/chat/completions", "/v1/passages", "/mcp"))


@dataclass(frozen=True, slots=True)
class AdmissionLimits:
    """per_minute: requests of one client; at_once: requests answered together; seconds: for one. Each in one process."""

    per_minute: int = 60_000
    at_once: int = 256
    seconds: float = 30.0


DEFAULT_LIMITS = AdmissionLimits()


class Admission:
    """ASGI middleware: answers 429 to what is too much, and 503 for what takes too long."""

    def __init__(self, app: ASGIApp, limits: AdmissionLimits) -> None:
        self.app = app
        self._limits = limits
        self._rate = ClientRate(limits.per_minute)
        self._at_once = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self.app(scope, receive, send)
            return
        problem = self._find_problem(scope)
        if problem is not None:
            await render_problem(problem, scope["path"])(scope, receive, send)
            return
        answer = _Answer(scope, receive, send)
        timer = asyncio.get_running_loop().call_later(self._limits.seconds, answer.give_up)
        self._at_once += 1
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            if not answer.given_up:
                raise
            log.exception("fault at %s, after its time was up", scope["path"])
        finally:
            # Held until the work has ended, not only until somebody was told that it takes too long.
            self._at_once -= 1
            timer.cancel()
            await answer.told()

    def _find_problem(self, scope: Scope) -> Problem | None:
        client = scope.get("client")
        if client and not self._rate.take(client[0]):
            return make_problem(
                "too-many-requests",
                f"At most {self._limits.per_minute} requests a minute are taken from one client. Wait a minute, then go on.",
                f"每个客户端每分钟最多 {self._limits.per_minute} 个请求。请稍候一分钟再继续。",
                headers={"Retry-After": "60"},
            )
        if self._at_once >= self._limits.at_once:
            return make_problem(
                "too-many-at-once",
                f"The service is answering {self._at_once} requests at this moment. Send this one again in a second.",
                f"服务正在处理 {self._at_once} 个请求。请一秒后重试。",
                headers={"Retry-After": "1"},
            )
        return None


class _Answer:
    """What is sent for one request: what the application says, or after the time is up that it took too long."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._begun = False
        self._telling: asyncio.Task[None] | None = None

    @property
    def given_up(self) -> bool:
        """Whether the client was told that it takes too long."""
        return self._telling is not None

    async def send(self, message: Message) -> None:
        """Hands on what the application says, unless it comes too late."""
        if self._telling is None:
            self._begun = True
            await self._send(message)

    def give_up(self) -> None:
        """Tells the client, if nothing was said yet."""
        if not self._begun:
            response = render_problem(took_too_long(), self._scope["path"])
            self._telling = asyncio.create_task(response(self._scope, self._receive, self._send))

    async def told(self) -> None:
        """Returns once the client was told, if it was to be: a request must not end with half a response."""
        if self._telling is not None:
            await self._telling


def took_too_long() -> Problem:
    """The problem of a question that was not answered in time."""
    return make_problem(
        "took-too-long",
        "The answer took too long. Try again in a moment, or ask a shorter question about fewer bodies or years.",
        "回答用时过长。请稍后重试，或缩短问题、减少所问的单位或年份。",
        headers={"Retry-After": "10"},
    )
