from pathlib import Path

import pytest

from tasks.coding.coder import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """A coder without a gazetteer: the outlet's country stands in for the event's."""
    return Coder.without_places()


@pytest.fixture(scope="session")
def placing_coder(reference_dir: Path) -> Coder:
    """A coder over the built gazetteer; it abstains from nothing, so rules show."""
    return Coder.load(reference_dir, min_confidence=0.0)
