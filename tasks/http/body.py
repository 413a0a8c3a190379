"""Reading one response body under hard caps: compressed size, decoded size, ratio."""

import asyncio

from aiohttp import ClientResponse
from aiohttp.streams import AsyncStreamIterator

from tasks.errors import FetchError
from tasks.http.decoding import Decoder, Identity, decoder_for
from tasks.http.policy import HttpPolicy
from tasks.model.reasons import PollReason

_SLICE = 16_384  # bytes of input between two looks at the ratio


class BodyReader:
    """Reads bodies; only a few large ones at the same time, so memory stays bounded."""

    def __init__(self, policy: HttpPolicy) -> None:
        self._policy = policy
        self._large = asyncio.Semaphore(policy.max_large_bodies)

    async def read(self, response: ClientResponse, max_bytes: int) -> bytes:
        """Return the decoded body; FetchError(TOO_LARGE, DECOMPRESSION_BOMB or PROTOCOL)."""
        if (response.content_length or 0) > max_bytes:
            raise FetchError(PollReason.TOO_LARGE, f"{response.content_length} bytes")
        body = _Body(_decoder(response), max_bytes, self._policy.max_ratio)
        chunks = response.content.iter_any()
        async for chunk in chunks:
            body.add(chunk)
            if body.size > self._policy.large_body_bytes:
                return await self._read_large(chunks, body)
        return body.finish()

    async def _read_large(
        self, chunks: AsyncStreamIterator[bytes], body: "_Body"
    ) -> bytes:
        async with self._large:
            async for chunk in chunks:
                body.add(chunk)
            return body.finish()

    async def read_start(self, response: ClientResponse) -> bytes:
        """Return the start of an error page, enough to classify it; never raises for size."""
        body = _Body(Identity(), self._policy.max_error_bytes, None)
        try:
            body = _Body(_decoder(response), self._policy.max_error_bytes, None)
            async for chunk in response.content.iter_any():
                body.add(chunk)
            return body.finish()
        except FetchError:
            return body.so_far()


def _decoder(response: ClientResponse) -> Decoder:
    codings = response.headers.getall("Content-Encoding", [])
    return decoder_for(",".join(codings))


class _Body:
    def __init__(self, decoder: Decoder, max_bytes: int, max_ratio: int | None) -> None:
        self._decoder = decoder
        self._max_bytes = max_bytes
        self._max_ratio = max_ratio
        self._parts: list[bytes] = []
        self._received = 0
        self.size = 0

    def add(self, chunk: bytes) -> None:
        for start in range(0, len(chunk), _SLICE):
            self._add_slice(chunk[start : start + _SLICE])

    def _add_slice(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > self._max_bytes:
            raise FetchError(PollReason.TOO_LARGE, "compressed size")
        for piece in self._decoder.feed(data):
            self.size += len(piece)
            self._check(piece)
            self._parts.append(piece)

    def _check(self, piece: bytes) -> None:
        ratio = self._max_ratio
        # The first megabyte is free: small, very regular documents compress well.
        allowed = ratio and max(1_000_000, ratio * self._received)
        if allowed and self.size > allowed:
            raise FetchError(PollReason.DECOMPRESSION_BOMB, f"more than {ratio}:1")
        if self.size > self._max_bytes:
            self._parts.append(piece[: max(0, self._max_bytes - self.size)])
            raise FetchError(PollReason.TOO_LARGE, "decoded size")

    def so_far(self) -> bytes:
        return b"".join(self._parts)[: self._max_bytes]

    def finish(self) -> bytes:
        self._decoder.finish()
        return b"".join(self._parts)
