"""WARC out: the archive as other archives read it (warc_read.py takes theirs in).

A response record and a metadata record per response, the pairs that Media Cloud's
archives hold.
"""

import io
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.archiving.columns import item_to_json
from tasks.archiving.segments import Row, read_responses, replace_synced

# The body is stored decoded: these headers would no longer describe it.
TRANSFER_HEADERS = frozenset(
    ["content-encoding", "transfer-encoding", "content-length"]
)
ORIGINAL = "X-Archive-Orig-"
_NOTES = uuid.UUID("5f2c7bd2-8c8b-4f0e-9a55-0d6b8f0c1e7a")  # namespace of note records


def export_warc(
    archive_dir: Path,
    since: datetime,
    until: datetime,
    path: Path,
    *,
    kind: str | None = None,
    progress: Callable[[], None] = lambda: None,
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
            progress()
    replace_synced(temporary, path)
    return count


def _records(writer: WARCWriter, row: Row) -> Iterator[ArcWarcRecord]:
    archived, response, item = row
    date = archived.retrieved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record_id = f"<urn:uuid:{archived.response_id}>"
    headers = [
        (ORIGINAL + name if name.lower() in TRANSFER_HEADERS else name, value)
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
