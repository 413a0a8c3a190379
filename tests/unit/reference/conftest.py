"""The real gazetteer, shared by the tests of this folder."""

from pathlib import Path

import pytest

from tasks.reference.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer(reference_dir: Path) -> Gazetteer:
    """The gazetteer users get."""
    return open_gazetteer(reference_dir)
