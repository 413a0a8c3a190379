"""Prefect boundary of the archive: its retention setting, and WARC files taken in."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archiving.columns import describe
from tasks.archiving.retention import drop_bodies
from tasks.archiving.segments import SegmentWriter
from tasks.archiving.warc_read import Exchange, Left, read_warc
from tasks.errors import ConfigError
from tasks.loading import load
from tasks.loading.task import warehouse_of
from tasks.progress import ticker
from tasks.run import Run
from warehouse.store import known_responses

_CHUNK = 500  # records per segment and transaction ...
_CHUNK_BYTES = 64_000_000  # ... or this much of them
_IMPORT = "import"


@task(name="apply retention", cache_policy=NO_CACHE)
def apply_retention(run: Run) -> int:
    """Drop bodies and texts older than the setting; hashes, spans and codes stay.

    Returns how many archived bodies were dropped; nothing happens without the setting.
    """
    days = run.settings.keep_bodies_days
    if days is None:
        return 0
    dropped = drop_bodies(run.settings.archive_dir, run.now(), days)
    limit = run.now() - timedelta(days=days)
    key = f"retention:{run.run_id}"
    with warehouse_of(run).transaction(key, run.run_id, stage="retention") as tx:
        load.drop_texts(tx, limit)
    get_run_logger().info("bodies dropped=%d older than %s", dropped, limit.date())
    return dropped


@task(name="import warc", cache_policy=NO_CACHE)
def import_warc(run: Run, path: Path) -> dict[str, int]:
    """Archive the responses of one WARC file; return counts by outcome.

    Safe to repeat: a file taken in is known by its hash, a response by its id, so a
    second import, or one that goes on after a kill, adds only what is missing.
    """
    key = f"warc:{_file_sha256(path)}"
    warehouse = warehouse_of(run)
    if warehouse.is_committed(key):
        return {"files known": 1}
    counts = Counter(imported=0, known=0)
    with ticker(f"importing {path.name}"[:22], path.stat().st_size) as tick:
        for number, chunk in enumerate(_chunks(path, tick, counts)):
            _import_chunk(run, chunk, f"{key}:{number}:{run.run_id}", counts)
    with warehouse.transaction(key, run.run_id, stage=_IMPORT):
        pass  # the file's row in the ledger
    get_run_logger().info("%s %s", path.name, dict(counts))
    return dict(counts)


def _chunks(
    path: Path, tick: Callable[[int], None], counts: Counter[str]
) -> Iterator[list[Exchange]]:
    """Yield what is usable in pieces; what is not is counted by its reason."""
    chunk: list[Exchange] = []
    size = 0
    for found in read_warc(path, tick):
        if isinstance(found, Left):
            counts[f"left: {found.reason}"] += 1
            continue
        chunk.append(found)
        size += len(found.response.body)
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _import_chunk(
    run: Run, chunk: Sequence[Exchange], key: str, counts: Counter[str]
) -> None:
    by_id = {
        describe(found.response, found.kind, "", 0).response_id: found
        for found in chunk
    }
    known = known_responses(warehouse_of(run), list(by_id))
    new = [found for response_id, found in by_id.items() if response_id not in known]
    counts.update(imported=len(new), known=len(chunk) - len(new))
    if not new:
        return
    with SegmentWriter(run.settings.archive_dir, f"{run.run_id}-warc") as archive:
        archived = [
            (archive.add(found.response, found.kind, found.item), found.item)
            for found in new
        ]
    items = [(f.item, f.response.retrieved_at) for f in new if f.item is not None]
    with warehouse_of(run).transaction(key, run.run_id, stage=_IMPORT) as tx:
        load.load_responses(tx, archived)
        load.load_imported_items(tx, items)


def _file_sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
