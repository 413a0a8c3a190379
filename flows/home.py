"""What a home folder holds: real data or the demo's; the two never mix."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from flows.console import err
from tasks.errors import ConfigError
from tasks.settings import Settings

# The gazetteer is the same for both, and takes a while to build.
_SHARED = {"reference", "prefect"}


def kind_of(home: Path) -> str | None:
    """Return 'demo' or 'live'; None for a folder without data."""
    try:
        return _marker(home).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def claim_home(settings: Settings, kind: str) -> None:
    """Make the home folder hold data of that kind.

    Demo data gives way to a live run: it is moved aside, nothing is deleted. Real
    data never gives way: ConfigError.
    """
    home = settings.home
    present = kind_of(home)
    if present == "live" and kind == "demo":
        raise ConfigError(
            f"{home} holds real data; run the demo with CONFLICTWIRE_HOME=/another/folder"
        )
    if present == "demo" and kind == "live":
        aside = home / f"demo-{datetime.now(tz=UTC):%Y%m%dT%H%M%S}"
        _move_aside(home, aside)
        err.print(f"the demo's data moved to {aside}")
    _marker(home).parent.mkdir(parents=True, exist_ok=True)
    _marker(home).write_text(kind, encoding="utf-8")


def clear_demo(home: Path) -> None:
    """Delete an earlier demo's data; does nothing where there is none."""
    if kind_of(home) != "demo":
        return
    for path in home.iterdir():
        if path.name in _SHARED or path.name.startswith("demo-"):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _move_aside(home: Path, aside: Path) -> None:
    aside.mkdir()
    for path in list(home.iterdir()):
        if path.name not in _SHARED and not path.name.startswith("demo-"):
            path.rename(aside / path.name)


def _marker(home: Path) -> Path:
    return home / "private" / "home_kind"
