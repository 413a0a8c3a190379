"""Prefect boundary of publication."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.coding.task import coder_version
from tasks.reference.build import data_version
from tasks.run import Run
from tasks.version import CODE_VERSION
from warehouse.publish import ReleaseInfo, publish, release_id_of


@task(name="publish", cache_policy=NO_CACHE)
def publish_release(run: Run) -> dict[str, object]:
    """Publish atomically; return the file's path, release id and size."""
    moment = run.now()
    release = ReleaseInfo(
        release_id=release_id_of(moment),
        run_id=run.run_id,
        published_at=moment,
        code_version=CODE_VERSION,
        coder_version=coder_version(),
        reference_version=data_version(),
    )
    settings = run.settings
    published = publish(
        settings.warehouse_path,
        settings.public_dir,
        release,
        settings.keep_releases,
    )
    get_run_logger().info("published %s", published.path)
    return {
        "file": str(published.path),
        "release": published.release_id,
        "size_bytes": published.size_bytes,
        "events": published.counts.get("core.event", 0),
        "mentions": published.counts.get("core.event_mention", 0),
        "articles": published.counts.get("core.article", 0),
        "rejects": published.counts.get("core.reject", 0),
    }
