"""The geoparser as the flows load it, for the stages that need one."""

from pathlib import Path

from tasks.geoparsing.resolve import Geoparser
from tasks.reference.build import ensure_gazetteer
from tasks.reference.gazetteer import open_gazetteer
from tasks.settings import Settings


def reference_dir() -> Path:
    """Return the user's reference folder, with the gazetteer built."""
    folder = Settings().reference_dir
    ensure_gazetteer(folder)
    return folder


def geoparser() -> Geoparser:
    """Return a geoparser over the user's reference folder, built on first use."""
    return Geoparser(open_gazetteer(reference_dir()))
