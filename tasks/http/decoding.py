"""Content codings undone piece by piece, never more output at a time than asked for."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from tasks.errors import FetchError
from tasks.model.reasons import PollReason

PIECE = 262_144  # bytes of output per step
_MAX_CODINGS = 2
_MAX_MEMBERS = 1_000
# Four bytes of a zstd block can stand for 128 KiB, and its decoder has no output limit:
# small slices of input bound the output of one step to about 8 MiB.
_ZSTD_SLICE = 256
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: what a receiver on the web must support

ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Decoder(Protocol):
    """Undoes one content coding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces of bounded size."""
        ...

    def finish(self) -> None:
        """Raise FetchError(PROTOCOL) if the coded data ended too early."""
        ...


class Gzip:
    """gzip, several members allowed."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._members = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces; zero padding after the last member is ignored."""
        while data:
            if self._member.eof:
                data = data.lstrip(b"\0")
                if not data:
                    return
                self._next_member()
            self._members = self._members or 1
            yield from _inflate(self._member, data)
            data = self._member.unused_data

    def _next_member(self) -> None:
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise FetchError(PollReason.DECOMPRESSION_BOMB, "too many gzip members")
        self._member = zlib.decompressobj(wbits=31)

    def finish(self) -> None:
        """Check that the last member was complete; an empty body is an empty body."""
        if self._members and not self._member.eof:
            raise FetchError(PollReason.PROTOCOL, "truncated gzip")


class Deflate:
    """deflate as zlib (RFC 9110) or, as many servers send it, raw."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces."""
        if self._stream is None and data:
            is_zlib = data[0] & 0x0F == 8 and data[0] >> 4 <= 7  # RFC 1950 CMF
            self._stream = zlib.decompressobj(wbits=15 if is_zlib else -15)
        if self._stream is not None and not self._stream.eof:
            yield from _inflate(self._stream, data)

    def finish(self) -> None:
        """Check that the stream was complete."""
        if self._stream is not None and not self._stream.eof:
            raise FetchError(PollReason.PROTOCOL, "truncated deflate")


class Brotli:
    """br."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._is_empty = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces."""
        self._is_empty = self._is_empty and not data
        try:
            piece = self._stream.process(data, output_buffer_limit=PIECE)
            while piece:
                yield piece
                piece = self._stream.process(b"", output_buffer_limit=PIECE)
        except brotli.error as exc:
            raise FetchError(PollReason.PROTOCOL, "bad brotli") from exc

    def finish(self) -> None:
        """Check that the stream was complete."""
        if not (self._is_empty or self._stream.is_finished()):
            raise FetchError(PollReason.PROTOCOL, "truncated brotli")


class Zstd:
    """zstd, several frames allowed, window limited."""

    def __init__(self) -> None:
        context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._new_frame = context.decompressobj
        self._frame = self._new_frame()
        self._is_empty = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces."""
        for start in range(0, len(data), _ZSTD_SLICE):
            yield from self._feed_slice(data[start : start + _ZSTD_SLICE])

    def _feed_slice(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._frame.eof:
                self._frame = self._new_frame()
            self._is_empty = False
            try:
                piece = self._frame.decompress(data)
            except zstandard.ZstdError as exc:
                raise FetchError(PollReason.PROTOCOL, "bad zstd") from exc
            data = self._frame.unused_data if self._frame.eof else b""
            if piece:
                yield piece

    def finish(self) -> None:
        """Check that the last frame was complete."""
        if not (self._is_empty or self._frame.eof):
            raise FetchError(PollReason.PROTOCOL, "truncated zstd")


class Chain:
    """Codings undone one after the other, last applied first."""

    def __init__(self, outer: Decoder, inner: Decoder) -> None:
        self._outer = outer
        self._inner = inner

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield decoded pieces."""
        for piece in self._outer.feed(data):
            yield from self._inner.feed(piece)

    def finish(self) -> None:
        """Check both codings."""
        self._outer.finish()
        self._inner.finish()


class Identity:
    """No coding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the data."""
        yield data

    def finish(self) -> None:
        """Accept any end: the length was the HTTP layer's business."""


_CODINGS: dict[str, type[Decoder]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,
    "deflate": Deflate,
    "br": Brotli,
    "zstd": Zstd,
}


def decoder_for(content_encoding: str | None) -> Decoder:
    """Return the decoder of a Content-Encoding field; FetchError(PROTOCOL) if unknown."""
    names = [n.strip().lower() for n in (content_encoding or "").split(",")]
    codings = [n for n in names if n not in {"", "identity"}]
    unknown = [n for n in codings if n not in _CODINGS]
    if unknown or len(codings) > _MAX_CODINGS:
        raise FetchError(
            PollReason.PROTOCOL, f"content encoding {content_encoding!r:.60}"
        )
    decoders = [_CODINGS[name]() for name in reversed(codings)]
    if not decoders:
        return Identity()
    return decoders[0] if len(decoders) == 1 else Chain(*decoders)


def _inflate(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """Yield pieces until the input is used up and zlib holds back no more output."""
    while True:
        try:
            piece = stream.decompress(data, PIECE)
        except zlib.error as exc:
            raise FetchError(PollReason.PROTOCOL, "bad deflate data") from exc
        if piece:
            yield piece
        data = stream.unconsumed_tail
        if stream.eof or (not data and len(piece) < PIECE):
            return
