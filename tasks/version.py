"""The version of this code, as written into every run and release."""

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("conflictwire")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "uninstalled"


CODE_VERSION = _installed()
