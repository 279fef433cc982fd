"""How many requests one client may send in a minute."""

from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limits.strategies import FixedWindowRateLimiter

# A household or an office is given a whole network of this size.
_IPV6_NETWORK = 64


class ClientRate:
    """Counts in this process's memory. Whoever asks from this very machine is not counted: that is its operator."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._limiter: FixedWindowRateLimiter | None = None

    def take(self, address: str) -> bool:
        """Counts a request of that client; False if it had too many in this minute."""
        client = _client(address)
        if client is None:
            return True
        # Only a service that others ask needs it: what it imports is no part of a quick start.
        from limits import RateLimitItemPerMinute
        from limits.storage import MemoryStorage
        from limits.strategies import FixedWindowRateLimiter

        if self._limiter is None:
            self._limiter = FixedWindowRateLimiter(MemoryStorage())
        return self._limiter.hit(RateLimitItemPerMinute(self._per_minute), client)


def _client(address: str) -> str | None:
    """Whose request it is: an IPv4 address, a network of IPv6, or a name as it is. None for this machine."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is None:
            return None if known.is_loopback else str(int(known) >> (128 - _IPV6_NETWORK))
        known = known.ipv4_mapped
    return None if known.is_loopback else str(known)
