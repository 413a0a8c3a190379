"""Cuts a WARC file into records, whatever is wrong with some of them.

A hostile or damaged record costs itself: what follows is found again at the next gzip
member or record start. Memory is bounded by the largest record that is taken.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from tasks.errors import ConfigError

MAX_RECORD = 21_000_000  # a body of 20 MB and its headers
_MAX_HEAD = 65_536
_MAX_BROKEN = 1_000  # starts of records that lead nowhere, until the rest is given up
# What one gzip member may unpack to before the rest of it is passed over.
_MAX_MEMBER = 2_000_000_000
_BLOCK = 65_536
_GZIP = b"\x1f\x8b\x08"
_START = b"WARC/"
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$")
_BLANK_LINES = (b"\n\r\n", b"\n\n")

NOT_A_RECORD = "not_a_record"
BROKEN_GZIP = "broken_gzip"
# A record's bytes, or why there is none ('too_large' | 'truncated' | ...).
Frame = bytes | str


def frames(path: Path, progress: Callable[[int], None]) -> Iterator[Frame]:
    """Yield the records of a WARC file (plain or gzip) in order, bad ones as a reason.

    `progress` is told how many bytes of the file were read since it was last called.
    ConfigError when the file is no WARC.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    with stream:
        reader = _Counted(stream, progress)
        start = stream.peek(3) if hasattr(stream, "peek") else b""
        is_packed = start[:3] == _GZIP
        is_first = True
        for frame in _packed(reader) if is_packed else _cut(reader.blocks()):
            if is_first and frame in (NOT_A_RECORD, BROKEN_GZIP):
                raise ConfigError(f"{path} is no WARC file")
            is_first = False
            yield frame
        if is_first:
            raise ConfigError(f"{path} is no WARC file: it holds no record")


class _Counted:
    """Reads a file in blocks and reports how far it is."""

    def __init__(self, stream: IO[bytes], progress: Callable[[int], None]) -> None:
        self._stream = stream
        self._progress = progress

    def read(self) -> bytes:
        block = self._stream.read(_BLOCK)
        self._progress(len(block))
        return block

    def blocks(self) -> Iterator[bytes]:
        while block := self.read():
            yield block


def _packed(reader: _Counted) -> Iterator[Frame]:
    """Yield the records of each gzip member; damage ends a member and nothing else."""
    packed = reader.read()
    while packed:
        member = _Member(reader, packed)
        yield from _cut(member.blocks())
        packed = member.after()
        if member.is_broken:
            yield BROKEN_GZIP


class _Member:
    def __init__(self, reader: _Counted, packed: bytes) -> None:
        self._reader = reader
        self._packed = packed
        self._inflate = zlib.decompressobj(wbits=31)
        self._size = 0
        self.is_broken = False

    def blocks(self) -> Iterator[bytes]:
        while not self._inflate.eof and not self.is_broken:
            if not self._packed and not (data := self._reader.read()):
                return
            block = self._step(self._packed or data)
            if block:
                yield block

    def _step(self, data: bytes) -> bytes:
        try:
            block = self._inflate.decompress(data, _BLOCK)
        except zlib.error:
            self.is_broken, self._packed = True, data
            return b""
        self._packed = self._inflate.unconsumed_tail
        self._size += len(block)
        self.is_broken = self._size > _MAX_MEMBER
        return block

    def after(self) -> bytes:
        """Return the packed bytes from the next member on; b"" at the end of the file."""
        for _ in self.blocks():
            pass  # whatever of this member nobody wanted
        data = self._packed[1:] if self.is_broken else self._inflate.unused_data
        while (at := data.find(_GZIP)) < 0:
            block = self._reader.read()
            if not block:
                return b""
            data = data[-len(_GZIP) :] + block
        return data[at:]


class _Buffer:
    """Unpacked bytes not yet cut; grows only as far as it is asked to."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self.data = bytearray()

    def fill(self, size: int) -> bool:
        """Hold at least `size` bytes; False if there are not so many."""
        while len(self.data) < size:
            block = next(self._blocks, None)
            if block is None:
                return False
            self.data += block
        return True

    def drop(self, size: int) -> None:
        """Pass over `size` bytes, or what is left."""
        while size > len(self.data):
            size -= len(self.data)
            self.data.clear()
            if not self.fill(1):
                return
        del self.data[:size]

    def drop_blank(self) -> bool:
        """Pass over line ends; False at the end."""
        while self.fill(1):
            kept = len(self.data.lstrip(b"\r\n"))
            if kept:
                del self.data[: len(self.data) - kept]
                return True
            self.data.clear()
        return False

    def find_start(self) -> bool:
        """Pass over everything before the next record; False if there is none."""
        del self.data[:1]
        while (at := self.data.find(b"\n" + _START)) < 0:
            del self.data[: -len(_START)]
            if not self.fill(len(self.data) + 1):
                return False
        del self.data[: at + 1]
        return True

    def head_size(self) -> int | None:
        """Return the size of the head the data starts with; None if it has no end."""
        self.fill(_MAX_HEAD)
        ends = [(self.data.find(line), len(line)) for line in _BLANK_LINES]
        return min((at + size for at, size in ends if at >= 0), default=None)


def _cut(blocks: Iterator[bytes]) -> Iterator[Frame]:
    buffer = _Buffer(blocks)
    broken = 0
    while broken < _MAX_BROKEN and buffer.drop_blank():
        head = buffer.head_size()
        length = _LENGTH.search(buffer.data, 0, head) if head else None
        if not buffer.data.startswith(_START) or head is None or length is None:
            yield NOT_A_RECORD
            broken += 1
            if not buffer.find_start():
                return
            continue
        size = head + int(length[1])
        if size > MAX_RECORD:
            yield "too_large"
            buffer.drop(size)
        elif buffer.fill(size):
            yield bytes(buffer.data[:size])
            buffer.drop(size)
        else:
            yield "truncated"
            return
