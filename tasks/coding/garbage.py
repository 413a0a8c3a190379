"""The cyclic garbage collector waits while a document is coded.

A document is read into some ten thousand objects that all live until it is coded: walking
them again and again frees nothing and takes a twentieth of the time. What has come due is
collected as soon as the document is done, so nothing piles up between two of them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """Keep the collector from running inside; who had switched it off finds it so."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
