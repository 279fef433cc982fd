"""Which hosts a request may name: a stranger's page whose name was pointed at this machine names its own."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from qa_service.web.problem import Problem, make_problem


class HostCheck:
    """Lets through the public address, "localhost" and plain IP addresses: a name is what DNS rebinding needs.

    A page's request (one with an Origin) must come from a page of the very same address.
    """

    def __init__(self, public_url: str | None) -> None:
        public = urlsplit((public_url or "").lower())
        self._public_host = public.netloc or None
        self._public_origin = f"{public.scheme}://{public.netloc}"

    def find_problem(self, headers: Headers) -> Problem | None:
        """Why the request is refused; None where it is not."""
        host = headers.get("host", "").lower()
        if not self._is_ours(host):
            return make_problem(
                "wrong-host",
                "This service is not known by the name in the header Host. Use its IP address or localhost, or set "
                "WENBAO_PUBLIC_URL to the address it is reached at.",
                "请求头 Host 中的名称不是本服务的地址。请改用 IP 地址或 localhost，或把 WENBAO_PUBLIC_URL 设为对外地址。",
            )
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (self._public_origin, f"http://{host}", f"https://{host}"):
            return make_problem(
                "wrong-origin",
                "Pages of other origins may not call this address; call it from a program instead.",
                "不接受来自其他网站页面的调用，请由程序直接调用。",
            )
        return None

    def _is_ours(self, host: str) -> bool:
        if host and host == self._public_host:
            return True
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name == "localhost":
                return True
            ip_address(name)
        except ValueError:
            return False
        return True
