"""What is wrong here, and what to do: one finding per thing that can be wrong."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from tasks.errors import PipelineError
from tasks.settings import Settings

_LOW_DISK_BYTES = 2_000_000_000
_LAST_RUN = (
    "SELECT flow, started_at, status FROM meta.run ORDER BY started_at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """state: ok | missing (do this next) | broken (this must be repaired)."""

    what: str
    state: str
    advice: str


def diagnose(settings: Settings) -> list[Finding]:
    """Return every finding, the good ones included."""
    checks: tuple[Callable[[Settings], Finding], ...] = (
        _feeds,
        _contact,
        _gazetteer,
        _writer_file,
        _last_run,
        _published,
        _disk,
    )
    return [check(settings) for check in checks]


def _feeds(settings: Settings) -> Finding:
    from tasks.feeds import load_feeds

    try:
        feeds = load_feeds(settings.feeds)
    except PipelineError as error:
        return Finding("feeds", "broken", str(error))
    return Finding("feeds", "ok", f"{len(feeds)} feeds in {settings.feeds}")


def _contact(settings: Settings) -> Finding:
    if "conflictwire.example" in settings.contact_url:
        return Finding(
            "contact address",
            "missing",
            "publishers see a placeholder: set CONFLICTWIRE_CONTACT_URL to a page of yours",
        )
    return Finding("contact address", "ok", settings.contact_url)


def _gazetteer(settings: Settings) -> Finding:
    from tasks.reference.build import data_version, stored_version

    files = list(settings.reference_dir.glob("*.sqlite*"))
    if not files:
        return Finding("gazetteer", "missing", "built at the first run, or now: "
                       "conflictwire gazetteer build")  # fmt: skip
    if stored_version(files[0]) != data_version():
        return Finding("gazetteer", "missing", "older data; the next run rebuilds it")
    return Finding("gazetteer", "ok", str(files[0]))


def _writer_file(settings: Settings) -> Finding:
    from warehouse.connect import Warehouse

    if not settings.warehouse_path.exists():
        return Finding("warehouse", "missing", "created by the first run")
    try:
        with Warehouse(settings.warehouse_path, wait_s=5).session():
            return Finding("warehouse", "ok", str(settings.warehouse_path))
    except PipelineError as error:
        return Finding("warehouse", "broken", str(error))


def _last_run(settings: Settings) -> Finding:
    from warehouse.connect import Warehouse

    if not settings.warehouse_path.exists():
        return Finding("last run", "missing", "none yet: `make demo` or `make run`")
    try:
        runs = Warehouse(settings.warehouse_path, wait_s=5).read(_LAST_RUN).rows()
    except PipelineError:
        return Finding("last run", "missing", "unknown until the warehouse opens")
    if not runs:
        return Finding("last run", "missing", "none yet: `make demo` or `make run`")
    flow, started_at, status = runs[0]
    when = f"{flow} of {started_at:%Y-%m-%d %H:%M} UTC"
    if status == "failed":
        return Finding(
            "last run",
            "broken",
            f"{when} failed: its log in Prefect says why; run it again, it goes on "
            "where it stopped",
        )
    return Finding("last run", "ok", f"{when}: {status}")


def _published(settings: Settings) -> Finding:
    from warehouse.verify import verify_file

    path = settings.published_path
    if not path.exists():
        return Finding("published file", "missing", "run `make demo` or `make run`")
    try:
        verify_file(path)
    except PipelineError as error:
        return Finding("published file", "broken", f"{error}; publish again")
    return Finding("published file", "ok", str(path))


def _disk(settings: Settings) -> Finding:
    folder = next(p for p in (settings.home.resolve(), *settings.home.resolve().parents) if p.exists())  # fmt: skip
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK_BYTES:
        return Finding("disk", "broken", f"{free / 1e9:.1f} GB free: make room")
    return Finding("disk", "ok", f"{free / 1e9:.0f} GB free")
