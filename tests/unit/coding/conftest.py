import pytest

from tasks.coding.coder import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """A coder without a gazetteer: the outlet's country stands in for the event's."""
    return Coder.without_places()
