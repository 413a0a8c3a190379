"""WARC records of any writer as responses of ours, or the reason why not."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from tasks.archiving.columns import KINDS
from tasks.archiving.warc import ORIGINAL, TRANSFER_HEADERS
from tasks.archiving.warc_frames import Frame, frames
from tasks.errors import FetchError
from tasks.http.decoding import decoder_for
from tasks.model.feeds import FeedItem, FetchedResponse
from tasks.model.serialise import load

_MAX_BODY = 20_000_000
_MAX_URL = 4_000
_MAX_HEADERS = 200
_OK = 200


@dataclass(frozen=True, slots=True)
class Exchange:
    """One response of a WARC file, fit for the archive."""

    response: FetchedResponse
    kind: str = "article"
    item: FeedItem | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A record that was not taken, and why."""

    reason: (
        str  # 'other_record' | 'revisit' | 'not_ok' | 'bad_date' | 'too_large' | ...
    )
    address: str = ""


class _Unusable(Exception):  # noqa: N818 - an outcome of one record
    """The record holds no response that we can keep."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What our own export says beside a response."""

    url: str
    kind: str
    elapsed_ms: int
    permanent_redirect_to: str | None
    item: FeedItem | None


def read_warc(
    path: Path, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Exchange | Left]:
    """Yield what each record is worth, in order; never stops at a bad record.

    A response that our own export wrote comes back with its feed item and kind.
    ConfigError when the file is no WARC.
    """
    waiting: Exchange | None = None
    waiting_id = ""
    for frame in frames(path, progress):
        record = _record(frame)
        if waiting is not None:
            note = _note(record, waiting_id)
            whole = waiting if note is None else _with_note(waiting, note)
            waiting = None
            yield _judged(whole, has_note=note is not None)
            if note is not None:
                continue
        found = record if isinstance(record, Left) else _exchange(record)
        if isinstance(found, Left):
            yield found
        else:
            waiting, waiting_id = found, _header(record, "WARC-Record-ID")
    if waiting is not None:
        yield _judged(waiting, has_note=False)


def _judged(found: Exchange, *, has_note: bool) -> Exchange | Left:
    """Return the exchange; of others' files only pages that were served count."""
    status = found.response.status
    if has_note or status == _OK:
        return found
    return Left(f"http_{status}", found.response.url)


def _record(frame: Frame) -> ArcWarcRecord | Left:
    if isinstance(frame, str):
        return Left(frame)
    try:
        return next(iter(ArchiveIterator(io.BytesIO(frame))))
    except Exception as error:  # the parser's bugs on hostile bytes cost one record
        return Left(f"unreadable: {type(error).__name__}")


def _header(record: ArcWarcRecord | Left, name: str) -> str:
    if isinstance(record, Left):
        return ""
    return record.rec_headers.get_header(name) or ""


def _exchange(record: ArcWarcRecord) -> Exchange | Left:
    url = _header(record, "WARC-Target-URI")[:_MAX_URL]
    if record.rec_type != "response":
        return Left("revisit" if record.rec_type == "revisit" else "other_record", url)
    try:
        return Exchange(_response(record, url))
    except _Unusable as error:
        return Left(str(error), url)


def _response(record: ArcWarcRecord, url: str) -> FetchedResponse:
    if record.http_headers is None or not _is_web_address(url):
        raise _Unusable("not_http")
    code = str(record.http_headers.get_statuscode())
    if not (code.isascii() and code.isdigit() and len(code) == 3):
        raise _Unusable("bad_status")
    headers = [
        (_clean(name.removeprefix(ORIGINAL)), _clean(value))
        for name, value in record.http_headers.headers[:_MAX_HEADERS]
        if name.lower() not in TRANSFER_HEADERS
    ]
    return FetchedResponse(
        url=url,
        final_url=url,
        status=int(code),
        headers=tuple(headers),
        body=_body(record),
        retrieved_at=_moment(_header(record, "WARC-Date")),
        elapsed_ms=0,
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return is_web and len(url) < _MAX_URL and url.isprintable() and " " not in url


def _moment(text: str) -> datetime:
    """Return the record's time; WARC dates are UTC, also where they do not say so."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Unusable("bad_date") from None
    if not 1990 <= moment.year <= 2100:
        raise _Unusable("bad_date")
    return moment


def _body(record: ArcWarcRecord) -> bytes:
    """Return the decoded body; a body that is not coded as it says is taken as it is."""
    headers = record.http_headers
    stream = record.raw_stream
    if (headers.get_header("transfer-encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    try:
        raw: bytes = stream.read(_MAX_BODY + 1)
    except Exception as error:  # chunk sizes are hostile, and the reader is not ours
        raise _Unusable(f"unreadable: {type(error).__name__}") from error
    coding = headers.get_header("content-encoding") or ""
    body = raw if not coding else _decoded(raw, coding)
    if len(body) > _MAX_BODY:
        raise _Unusable("too_large")
    return body


def _decoded(raw: bytes, coding: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        decoder = decoder_for(coding)
        for piece in decoder.feed(raw):
            parts.append(piece)
            size += len(piece)
            if size > _MAX_BODY:
                raise _Unusable("too_large")
        decoder.finish()
    except FetchError:
        return raw
    return b"".join(parts)


def _clean(text: str) -> str:
    """Return a header's text without what no archive file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8", "replace")


def _note(record: ArcWarcRecord | Left, refers_to: str) -> _Note | None:
    """Return our note on the exchange before it; None if the record is not one."""
    if isinstance(record, Left) or record.rec_type != "metadata":
        return None
    if not refers_to or _header(record, "WARC-Refers-To") != refers_to:
        return None
    try:
        data = json.loads(record.content_stream().read(_MAX_BODY))
        item = data.pop("feed_item")
        note = load(_Note, json.dumps({**data, "item": item}))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None  # somebody else's metadata record
    return note if note.kind in KINDS and _is_web_address(note.url) else None


def _with_note(exchange: Exchange, note: _Note) -> Exchange:
    response = replace(
        exchange.response,
        url=note.url,
        elapsed_ms=note.elapsed_ms,
        permanent_redirect_to=note.permanent_redirect_to,
    )
    return Exchange(response, note.kind, note.item)
