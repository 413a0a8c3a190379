"""The flow behind `conflictwire archive import-warc`."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from prefect import flow

from flows.start import Summary, recorded_run
from tasks.archiving.task import import_warc


@flow
def import_warcs(files: list[Path], now: datetime | None = None) -> Summary:
    """Archive the responses of WARC files; `reprocess` or `run` then codes them.

    Safe to repeat and to continue after a kill: nothing is archived twice.
    """
    parameters = {"files": [str(path) for path in files]}
    with recorded_run("import-warc", now, parameters) as (run, summary):
        total = Counter[str]()
        for path in files:
            total.update(import_warc(run, path))
        summary["records"] = dict(total)
    return summary
