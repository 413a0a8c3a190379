from prefect import task
from tasks.run import Run


@task
def aggregate(run: Run) -> None:
    return None
