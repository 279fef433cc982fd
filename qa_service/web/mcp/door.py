"""/mcp: the Model Context Protocol over streamable HTTP, without sessions: every request stands for itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from anyio import Lock
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from qa_service.library import Library
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.errors import render_problem
from qa_service.web.limits import MAX_BODY_BYTES
from qa_service.web.mcp.hosts import HostCheck

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


class McpDoor:
    """The ASGI application at PATH. What it needs is loaded when the first client comes: it takes a second."""

    def __init__(self, library: Library, bodies: AnswerBodies, public_url: str | None = None) -> None:
        self._library = library
        self._bodies = bodies
        self._public_url = public_url
        self._hosts = HostCheck(public_url)
        self._make_manager: Callable[[], StreamableHTTPSessionManager] | None = None
        self._loading = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._hosts.find_problem(Headers(scope=scope))
        if problem is not None:
            await render_problem(problem, PATH)(scope, receive, send)
            return
        async with self._loading:
            if self._make_manager is None:
                self._make_manager = await run_in_threadpool(self._load)
        # A manager runs once; without sessions it holds nothing, and a request is all that it lives for.
        manager = self._make_manager()
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    def _load(self) -> "Callable[[], StreamableHTTPSessionManager]":
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        from qa_service.web.mcp.server import make_mcp_server

        server = make_mcp_server(self._library, self._bodies, self._public_url)
        # Checked above already, by a rule that needs no list of names.
        unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(stateless_http=True, json_response=True, transport_security=unchecked)
        protocol: Server[Any] = server.session_manager.app
        return lambda: StreamableHTTPSessionManager(
            protocol,
            json_response=True,
            stateless=True,
            security_settings=unchecked,
            max_request_body_size=MAX_BODY_BYTES,
        )
