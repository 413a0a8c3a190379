"""aiohttp's exceptions, translated into our closed vocabulary; the only place that does."""

import asyncio
import socket
import ssl

import aiohttp

from tasks.errors import FetchError
from tasks.http.resolver import RefusedAddressError
from tasks.model.reasons import PollReason


def translate(error: BaseException) -> FetchError:
    """Return the FetchError that says what went wrong on the wire."""
    if isinstance(error, FetchError):
        return error
    if _is_refusal(error):
        return FetchError(PollReason.REFUSED_ADDRESS, _root(error))
    return FetchError(_reason(error), f"{type(error).__name__}: {_root(error)}"[:200])


def _reason(error: BaseException) -> PollReason:
    table: tuple[
        tuple[type[BaseException] | tuple[type[BaseException], ...], PollReason], ...
    ]
    table = (
        (aiohttp.ClientConnectorDNSError, PollReason.DNS),
        ((aiohttp.ClientSSLError, ssl.SSLError), PollReason.TLS),
        (aiohttp.ConnectionTimeoutError, PollReason.CONNECT),
        (aiohttp.SocketTimeoutError, PollReason.READ_TIMEOUT),
        (aiohttp.ClientConnectorError, PollReason.CONNECT),
        (aiohttp.InvalidURL, PollReason.BAD_URL),
        (aiohttp.ServerDisconnectedError, PollReason.PROTOCOL),
        ((aiohttp.ClientPayloadError, aiohttp.ClientResponseError), PollReason.PROTOCOL),
        (socket.gaierror, PollReason.DNS),
        ((asyncio.TimeoutError, TimeoutError), PollReason.READ_TIMEOUT),
        (OSError, PollReason.CONNECT),
    )  # fmt: skip
    return next(
        (r for kinds, r in table if isinstance(error, kinds)), PollReason.PROTOCOL
    )


def _is_refusal(error: BaseException | None) -> bool:
    seen = 0
    while error is not None and seen < 8:  # a cause chain is short; a cycle is a bug
        inner = getattr(error, "os_error", None)
        if isinstance(error, RefusedAddressError) or isinstance(
            inner, RefusedAddressError
        ):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def _root(error: BaseException) -> str:
    inner = getattr(error, "os_error", None) or error
    return str(inner)[:160]
