"""Environment of every Prefect process we start: own home folder, loopback, no telemetry."""

import os
from pathlib import Path

from tasks.settings import Settings

DEFAULT_PORT = 4200


def prefect_environment(
    settings: Settings, port: int | None = None, base: dict[str, str] | None = None
) -> dict[str, str]:
    """Return environment variables for a server, worker, client or flow process.

    With a port, clients talk to the server there; without, a flow starts a temporary
    server of its own in the same home folder.
    """
    home = settings.home.resolve()
    env = {
        **(os.environ if base is None else base),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        # The default of 20 s has been too short on a busy two-core machine.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "CONFLICTWIRE_HOME": str(home),
        "CONFLICTWIRE_FEEDS": str(settings.feeds.resolve()),
    }
    if port is not None:
        env["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    return env


def apply(env: dict[str, str]) -> None:
    """Set this process's environment; must run before Prefect is imported."""
    os.environ.update(env)


def repository_root() -> Path:
    """Return the folder that holds prefect.yaml."""
    return Path(__file__).resolve().parent.parent
