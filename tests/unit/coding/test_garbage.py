"""The collector waits for a document to be coded, and nothing piles up meanwhile."""

import gc
from collections.abc import Iterator

import pytest

from tasks.coding.coder import Coder
from tasks.coding.garbage import collected_later
from tasks.model.coding import Document

_TEXT = "Gunmen killed 12 villagers in Goundam on Sunday, the army said.\n\n"


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_collected_inside_and_all_goes_on_after() -> None:
    with collected_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="broken"), collected_later():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with collected_later():
        pass
    assert not gc.isenabled()


def test_coding_leaves_no_more_objects_behind_the_longer_it_goes_on() -> None:
    coder = Coder.without_places()

    def living(first: int) -> int:
        for number in range(first, first + 40):
            coder.code(Document(f"t{number}", f"{number} " + _TEXT * 5, ""))
        gc.collect()
        return len(gc.get_objects())

    living(0)
    before = living(40)
    assert living(80) - before < 400  # not one object a sentence coded
