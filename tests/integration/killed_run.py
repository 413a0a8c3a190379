"""Runs the nightly flow of one newsroom day and dies where it is told to.

usage: killed_run.py DAY never|before-commit|after-commit
The process kills itself with SIGKILL inside the load of a batch of articles.
"""

import os
import signal
import sys

from flows import environment
from tasks.settings import Settings

environment.apply(
    environment.prefect_environment(Settings())
    | {"PREFECT_HOME": os.environ["PREFECT_HOME"]}
)

from flows.nightly import nightly  # noqa: E402 - Prefect reads the environment above
from tasks.demo.corpus import clock  # noqa: E402
from warehouse.connect import Warehouse  # noqa: E402
from warehouse.transaction import Transaction  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(day: int, where: str) -> None:
    finish, note = Transaction.finish, Warehouse._note_commit

    def finish_or_die(self: Transaction, stage: str) -> None:
        finish(self, stage)
        if where == "before-commit" and self.load_key.startswith("articles:"):
            die()

    def note_or_die(self: Warehouse, load_key: str) -> None:
        if where == "after-commit" and load_key.startswith("articles:"):
            die()
        note(self, load_key)

    Transaction.finish = finish_or_die  # type: ignore[method-assign]
    Warehouse._note_commit = note_or_die  # type: ignore[method-assign]
    nightly(now=clock(day))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
