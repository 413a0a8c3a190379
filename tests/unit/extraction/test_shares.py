from hypothesis import given
from hypothesis import strategies as st

from tasks.extraction.shares import SHARE_BYTES, share_out

SIZES = st.lists(st.integers(0, 2 * SHARE_BYTES), max_size=60)


@given(SIZES, st.integers(1, 8))
def test_every_page_is_in_one_share(sizes: list[int], workers: int) -> None:
    numbers = [number for share in share_out(sizes, workers) for number in share]
    assert sorted(numbers) == list(range(len(sizes)))


@given(SIZES, st.integers(1, 8))
def test_the_largest_pages_go_first(sizes: list[int], workers: int) -> None:
    taken = [sizes[n] for share in share_out(sizes, workers) for n in share]
    assert taken == sorted(sizes, reverse=True)


@given(SIZES, st.integers(1, 8))
def test_no_share_is_more_than_a_worker_s_part_of_what_is_left(
    sizes: list[int], workers: int
) -> None:
    left = sum(sizes)
    for share in share_out(sizes, workers):
        size = sum(sizes[n] for n in share)
        assert len(share) == 1 or size <= min(SHARE_BYTES, left / (4 * workers))
        left -= size


def test_small_pages_go_together() -> None:
    shares = share_out([10_000] * 100, 2)
    assert len(shares) < 50
    assert len(shares[0]) == 12


def test_pages_without_a_byte_are_pages() -> None:
    assert share_out([0, 0], 1) == [[0, 1]]


def test_no_pages_are_no_shares() -> None:
    assert share_out([], 2) == []
