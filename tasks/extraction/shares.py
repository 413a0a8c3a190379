"""How a batch of pages is shared out among the children of tasks.extraction.workers."""

from collections.abc import Sequence

SHARE_BYTES = 1_000_000  # most pages are a fifth of it
_SHARES_LEFT = 4  # a share is at most one in so many of what is left for each worker


def share_out(sizes: Sequence[int], workers: int) -> list[list[int]]:
    """Return the numbers of the pages in shares, to be taken in this order.

    Large pages go first and small ones together. The shares shrink towards the end, so
    that all workers end at nearly the same time.
    """
    left = sum(sizes)
    room = 0.0
    shares: list[list[int]] = []
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        if not shares or sizes[number] > room:
            shares.append([])
            room = min(SHARE_BYTES, left / (_SHARES_LEFT * workers))
        shares[-1].append(number)
        room -= sizes[number]
        left -= sizes[number]
    return shares
