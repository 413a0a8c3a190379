"""WARC out and in: the archive as other archives read it, and theirs as ours.

Export writes a response record and a metadata record per response (the pairs that
Media Cloud's archives hold). Import takes response records of any writer, so that
CC-NEWS files can be back-filled.
"""

import gzip
import io
import json
import uuid
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.archiving.columns import item_from_json, item_to_json
from tasks.archiving.errors import ArchiveError
from tasks.archiving.segments import Row, SegmentWriter, read_responses, replace_synced
from tasks.errors import ConfigError
from tasks.model.feeds import FeedItem, FetchedResponse

_MAX_BODY = 20_000_000
# The body is stored decoded: these headers would no longer describe it.
_TRANSFER_HEADERS = frozenset(
    ["content-encoding", "transfer-encoding", "content-length"]
)
_ORIGINAL = "X-Archive-Orig-"
_NOTES = uuid.UUID("5f2c7bd2-8c8b-4f0e-9a55-0d6b8f0c1e7a")  # namespace of note records


@dataclass(frozen=True, slots=True)
class WarcCounts:
    """What an import did with the records of a file."""

    imported: int
    skipped: int  # requests, other kinds of record, not http
    refused: int  # responses too large or broken


def export_warc(
    archive_dir: Path,
    since: datetime,
    until: datetime,
    path: Path,
    kind: str | None = None,
) -> int:
    """Write the responses of [since, until) to one .warc.gz; return how many.

    The file appears when it is whole. The same responses give the same bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    count = 0
    with temporary.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for row in read_responses(archive_dir, since, until, kind):
            for record in _records(writer, row):
                writer.write_record(record)
            count += 1
    replace_synced(temporary, path)
    return count


def import_warc(
    path: Path, writer: SegmentWriter, *, kind: str = "article"
) -> WarcCounts:
    """Add the response records of a WARC file to the archive.

    A broken record is counted and left out; ConfigError when the file is no WARC.
    """
    _check_is_warc(path)
    counts = Counter[str]()
    with path.open("rb") as stream:
        try:
            for outcome, found in _exchanges(ArchiveIterator(stream)):
                counts[outcome] += 1
                if found is not None:
                    note = found.note
                    writer.add(
                        found.response,
                        note.kind if note else kind,
                        note.item if note else None,
                    )
        except ArchiveLoadFailed:
            counts["refused"] += 1  # the rest of the file cannot be read
    return WarcCounts(counts["imported"], counts["skipped"], counts["refused"])


def _check_is_warc(path: Path) -> None:
    # warcio reads any text as an archive of the older ARC format
    with path.open("rb") as stream:
        is_packed = stream.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if is_packed else path.open("rb") as stream:
            start = stream.read(5)
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if start != b"WARC/":
        raise ConfigError(f"{path} is no WARC file: it starts with {start!r}")


@dataclass(frozen=True, slots=True)
class _Note:
    """What our own export says beside a response."""

    url: str
    kind: str
    elapsed_ms: int
    permanent_redirect_to: str | None
    item: FeedItem | None


@dataclass(frozen=True, slots=True)
class _Exchange:
    record_id: str
    response: FetchedResponse
    note: _Note | None = None


def _exchanges(
    records: Iterable[ArcWarcRecord],
) -> Iterator[tuple[str, _Exchange | None]]:
    """Yield each record's outcome; a response waits for the note that may follow it."""
    waiting: _Exchange | None = None
    for record in records:
        if waiting is not None:
            note = _note(record, waiting)
            yield "imported", _with_note(waiting, note)
            waiting = None
            if note is not None:
                continue
        if record.rec_type != "response" or record.http_headers is None:
            yield "skipped", None
            continue
        waiting = _exchange(record)
        if waiting is None:
            yield "refused", None
    if waiting is not None:
        yield "imported", waiting


def _exchange(record: ArcWarcRecord) -> _Exchange | None:
    """Return the response of a record; None if it is too large or cannot be read."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        body = record.content_stream().read(_MAX_BODY + 1)
        retrieved_at = datetime.fromisoformat(
            record.rec_headers.get_header("WARC-Date")
        )
        status = int(record.http_headers.get_statuscode())
    except (ValueError, TypeError, OSError, EOFError, zlib.error):
        return None
    if len(body) > _MAX_BODY or urlsplit(url).scheme not in ("http", "https"):
        return None
    headers = tuple(
        (name.removeprefix(_ORIGINAL), value)
        for name, value in record.http_headers.headers
        if name.lower() not in _TRANSFER_HEADERS
    )
    response = FetchedResponse(
        url=url,
        final_url=url,
        status=status,
        headers=headers,
        body=body,
        retrieved_at=retrieved_at.astimezone(UTC),
        elapsed_ms=0,
    )
    return _Exchange(record.rec_headers.get_header("WARC-Record-ID") or "", response)


def _note(record: ArcWarcRecord, exchange: _Exchange) -> _Note | None:
    """Return our note on the exchange; None if the record is not one."""
    refers_to = record.rec_headers.get_header("WARC-Refers-To")
    if record.rec_type != "metadata" or refers_to != exchange.record_id:
        return None
    try:
        data = json.loads(record.content_stream().read(_MAX_BODY))
        item = data["feed_item"]
        return _Note(
            url=data["url"],
            kind=data["kind"],
            elapsed_ms=data["elapsed_ms"],
            permanent_redirect_to=data["permanent_redirect_to"],
            item=None if item is None else item_from_json(json.dumps(item)),
        )
    except (ValueError, KeyError, TypeError, ArchiveError):
        return None  # somebody else's metadata record


def _with_note(exchange: _Exchange, note: _Note | None) -> _Exchange:
    if note is None:
        return exchange
    response = replace(
        exchange.response,
        url=note.url,
        elapsed_ms=note.elapsed_ms,
        permanent_redirect_to=note.permanent_redirect_to,
    )
    return replace(exchange, response=response, note=note)


def _records(writer: WARCWriter, row: Row) -> Iterator[ArcWarcRecord]:
    archived, response, item = row
    date = archived.retrieved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record_id = f"<urn:uuid:{archived.response_id}>"
    headers = [
        (_ORIGINAL + name if name.lower() in _TRANSFER_HEADERS else name, value)
        for name, value in response.headers
    ]
    headers.append(("Content-Length", str(len(response.body))))
    yield writer.create_warc_record(
        response.final_url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(
            f"{response.status} {_phrase(response.status)}",
            headers,
            protocol="HTTP/1.1",
        ),
        warc_headers_dict={"WARC-Record-ID": record_id, "WARC-Date": date},
    )
    note = {
        "url": response.url,
        "kind": archived.kind,
        "elapsed_ms": response.elapsed_ms,
        "permanent_redirect_to": response.permanent_redirect_to,
        "feed_item": None if item is None else json.loads(item_to_json(item)),
    }
    data = json.dumps(note, ensure_ascii=False, sort_keys=True).encode("utf-8")
    yield writer.create_warc_record(
        response.final_url,
        "metadata",
        payload=io.BytesIO(data),
        length=len(data),
        warc_content_type="application/json",
        warc_headers_dict={
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_NOTES, archived.response_id)}>",
            "WARC-Refers-To": record_id,
            "WARC-Date": date,
        },
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
