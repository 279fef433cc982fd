"""How much one request may bring."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.web.errors import BodyTooLarge, render_problem, too_large

# A question of 20,000 characters with its history fits; an answer is refused or given by what it says, not its length.
MAX_BODY_BYTES = 512 * 1024
# A scanned report of some hundred pages.
MAX_UPLOAD_BYTES = 100 * 1024 * 1024
# Read and thrown away before a refusal: a client that is cut off while it sends sees a broken connection, no answer.
DRAIN_BYTES = 64 * 1024 * 1024
# In characters. Up to here a question is answered by what it says; most of a text this long is no question.
MAX_QUESTION = 20_000
MAX_TURNS = 100
MAX_PAGE = 1000


class BodyLimit:
    """ASGI middleware: answers 413 to a body that is larger than its route takes, and never keeps it."""

    def __init__(self, app: ASGIApp, upload_path: str) -> None:
        self.app = app
        self.upload_path = upload_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        limit = MAX_UPLOAD_BYTES if scope["path"] == self.upload_path else MAX_BODY_BYTES
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            await _drain(receive)
            await render_problem(too_large(limit), scope["path"])(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                await _drain(receive, message)
                raise BodyTooLarge(limit)
            return message

        await self.app(scope, receive_within_limit, send)


async def _drain(receive: Receive, message: Message | None = None) -> None:
    """Reads the rest of a body, whose last part was `message`, but no more than DRAIN_BYTES of it."""
    received = 0
    while received <= DRAIN_BYTES and (message is None or message.get("more_body", False)):
        message = await receive()
        received += len(message.get("body", b""))
