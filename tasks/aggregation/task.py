"""Prefect boundary of aggregation."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.aggregation.load import load_aggregates
from tasks.loading.task import warehouse_of
from tasks.run import Run
from warehouse.store_touched import AGGREGATION, days_to_aggregate


@task(name="aggregate", cache_policy=NO_CACHE)
def aggregate(run: Run, *, everything: bool = False) -> None:
    """Renew the aggregates of the periods that events moved in; all of them if asked."""
    warehouse = warehouse_of(run)
    with warehouse.session():
        touched = None if everything else days_to_aggregate(warehouse)
        key = f"aggregates:{run.run_id}"
        with warehouse.transaction(key, run.run_id, stage=AGGREGATION) as tx:
            load_aggregates(
                tx,
                run.now(),
                min_origins=run.settings.min_origins,
                touched=touched,
            )
    days = "all" if touched is None else len(touched)
    get_run_logger().info("aggregated days=%s", days)
