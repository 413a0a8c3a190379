"""Prefect boundary of the archive's retention setting."""

from datetime import timedelta

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.archiving.retention import drop_bodies
from tasks.loading.task import warehouse_of
from tasks.run import Run


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
        for table, column in (
            ("core.article", "first_seen_at"),
            ("core.article_revision", "recorded_at"),
        ):
            tx.execute(
                f"UPDATE {table} SET text = NULL WHERE text IS NOT NULL "
                f"AND {column} < ?",
                [limit],
            )
    get_run_logger().info("bodies dropped=%d older than %s", dropped, limit.date())
    return dropped
