"""The writer's lock: an operating-system lock on a side file, released by any death."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from tasks.errors import WarehouseLocked

_POLL_INTERVAL_S = 0.02


class WriterLock:
    """Exclusive `flock` on a side file; a killed holder frees it at once."""

    def __init__(self, path: Path, wait_s: float) -> None:
        self._path = path
        self._wait_s = wait_s
        self._descriptor: int | None = None

    def __enter__(self) -> "WriterLock":
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait_for(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing releases the lock
            self._descriptor = None

    def _wait_for(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 32, 0).decode().strip() or "unknown"
                raise WarehouseLocked(
                    f"another process (PID {holder}) holds {self._path} and did not "
                    f"release it within {self._wait_s:g} s: wait for that run to end, "
                    "then start again"
                )
            time.sleep(_POLL_INTERVAL_S)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
