"""The geoparser as the flows load it, for the stages that need one."""

from tasks.geoparsing.resolve import Geoparser
from tasks.reference.build import ensure_gazetteer
from tasks.reference.gazetteer import open_gazetteer
from tasks.settings import Settings


def geoparser() -> Geoparser:
    """Return a geoparser over the user's reference folder, built on first use."""
    return Geoparser(open_gazetteer(ensure_gazetteer(Settings().reference_dir)))
