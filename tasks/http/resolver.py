"""Name lookup that hands on only addresses we may contact.

The connector connects to exactly what is returned here and looks nothing up again, so a
second, different DNS answer (rebinding) is never used; `open_socket` checks once more the
address the socket is about to connect to.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from tasks.http.addresses import refusal
from tasks.http.host_map import HostMap

Lookup = Callable[[str], Awaitable[list[str]]]


class RefusedAddressError(OSError):
    """The name resolves (also) to an address that must not be contacted."""


class GuardedResolver(AbstractResolver):
    """Resolves through the host map, else by `lookup`; refuses what the guard refuses."""

    def __init__(
        self, host_map: HostMap, threads: int, lookup: Lookup | None = None
    ) -> None:
        self._host_map = host_map
        # Its own threads: the loop's default pool is small and shared with others.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="dns")
        self._lookup = lookup or self._system_lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses to connect to; RefusedAddressError if any is refused.

        One bad address among good ones refuses the host: an honest publisher has none.
        """
        del family  # both families are asked for; the connector races them
        mapped = self._host_map.lookup(host)
        if mapped is not None:
            return [_result(host, *mapped)]
        addresses = await self._lookup(host)
        if not addresses:
            raise OSError(f"no address for {host}")
        for address in addresses:
            if (why := refusal(address)) is not None:
                raise RefusedAddressError(f"{address}: {why}")
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Let the lookup threads go without waiting for a slow name server."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _system_lookup(self, host: str) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._pool, _getaddrinfo, host)
        return list(dict.fromkeys(found))


def socket_opener(host_map: HostMap) -> Callable[[Any], socket.socket]:
    """Return the connector's socket factory: the last look at the address really used."""

    def open_socket(addr_info: Any) -> socket.socket:
        family, kind, proto, _, address = addr_info
        why = refusal(address[0])
        if why is not None and not host_map.has_target(address[0], address[1]):
            raise RefusedAddressError(f"{address[0]}: {why}")
        return socket.socket(family, kind, proto)

    return open_socket


def _getaddrinfo(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=family,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
