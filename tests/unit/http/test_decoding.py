"""Content codings: round trips in any cut, bounded output, early ends."""

import contextlib
import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import FetchError
from tasks.http.decoding import PIECE, decoder_for
from tasks.model.reasons import PollReason

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


def decode(coding: str, data: bytes, cut: int = 1_000) -> bytes:
    decoder = decoder_for(coding)
    pieces = [
        piece
        for start in range(0, len(data), cut)
        for piece in decoder.feed(data[start : start + cut])
    ]
    decoder.finish()
    return b"".join(pieces)


@pytest.mark.parametrize("coding", PACK)
@given(body=st.binary(max_size=4_000), cut=st.integers(1, 5_000))
def test_what_was_packed_comes_back_however_it_is_cut(
    coding: str, body: bytes, cut: int
) -> None:
    assert decode(coding, PACK[coding](body), cut) == body


@pytest.mark.parametrize("coding", PACK)
def test_no_output_is_lost_at_the_piece_limit(coding: str) -> None:
    body = b"ab" * (PIECE + 1)
    assert decode(coding, PACK[coding](body), 10_000_000) == body


@pytest.mark.parametrize("coding", PACK)
def test_pieces_of_a_bomb_are_bounded(coding: str) -> None:
    bomb = PACK[coding](b"\0" * 50_000_000)
    sizes = [len(piece) for piece in decoder_for(coding).feed(bomb)]
    assert max(sizes) <= 16_000_000


@pytest.mark.parametrize("coding", PACK)
def test_early_end_is_a_protocol_failure(coding: str) -> None:
    with pytest.raises(FetchError) as caught:
        decode(coding, PACK[coding](b"news " * 500)[:-5])
    assert caught.value.reason is PollReason.PROTOCOL


@pytest.mark.parametrize("coding", [*PACK, "identity", ""])
def test_empty_body_is_an_empty_body(coding: str) -> None:
    assert decode(coding, b"") == b""


@pytest.mark.parametrize("coding", PACK)
@given(junk=st.binary(min_size=1, max_size=300))
def test_junk_raises_nothing_but_a_fetch_error(coding: str, junk: bytes) -> None:
    with contextlib.suppress(FetchError):
        decode(coding, junk)


@pytest.mark.parametrize("coding", ["compress", "gzip, br, zstd", "x", "gzip;q=1"])
def test_unknown_or_piled_up_coding_is_a_protocol_failure(coding: str) -> None:
    with pytest.raises(FetchError) as caught:
        decoder_for(coding)
    assert caught.value.reason is PollReason.PROTOCOL


def test_two_codings_are_undone_last_first() -> None:
    assert decode("gzip, br", brotli.compress(gzip.compress(b"news"))) == b"news"
