"""`make up` and `make down`: server, pool, queue, limits, automation, deployments, worker.

Every step looks first and only then creates, so running it again changes nothing.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from flows import environment
from tasks.errors import ConfigError, PipelineError
from tasks.settings import Settings

POOL = "local"
QUEUE = "writer"
WRITER_LIMIT = "duckdb-writer"
AUTOMATION = "flow runs without a heartbeat become Crashed"
# 30 s is Prefect's minimum; the automation waits for two and a half heartbeats.
HEARTBEAT_S = 30
SILENCE = timedelta(seconds=75)


def main(argv: list[str]) -> int:
    """Run `up` or `down`; 2 on wrong usage, 1 when a step failed."""
    if argv not in (["up"], ["down"]):
        print("usage: python -m flows.server up|down", file=sys.stderr)
        return 2
    settings = Settings()
    port = int(os.environ.get("CONFLICTWIRE_PREFECT_PORT", environment.DEFAULT_PORT))
    try:
        up(settings, port) if argv == ["up"] else down(settings)
    except PipelineError as error:
        print(f"conflictwire: {error}", file=sys.stderr)
        return 1
    return 0


def up(settings: Settings, port: int) -> None:
    """Bring everything up; idempotent. Raises ConfigError when a step cannot be done."""
    env = environment.prefect_environment(settings, port)
    env["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] = str(HEARTBEAT_S)
    Path(env["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    environment.apply(env)
    _start_server(settings, env, port)
    _ensure_pool_and_limits(env)
    _run_prefect(env, "--no-prompt", "deploy", "--all")
    _start_worker(settings, env)
    print(f"Prefect UI   http://127.0.0.1:{port}")
    print(f"Home folder  {env['CONFLICTWIRE_HOME']}")
    print("Try          prefect deployment run 'nightly/nightly' --watch")
    print(f"             (with PREFECT_API_URL={env['PREFECT_API_URL']})")


def down(settings: Settings) -> None:
    """Stop worker and server if they run."""
    for name in ("worker", "server"):
        pid = _running_pid(settings, name)
        if pid is not None:
            _stop(pid)
            print(f"stopped {name} (pid {pid})")
        else:
            print(f"no {name} of {settings.home} is running")
        _pid_file(settings, name).unlink(missing_ok=True)


def _start_server(settings: Settings, env: dict[str, str], port: int) -> None:
    if _healthy(port):
        if _running_pid(settings, "server") is None:
            raise ConfigError(
                f"port {port} is used by another Prefect server; stop it or set "
                "CONFLICTWIRE_PREFECT_PORT"
            )
        return
    _spawn(
        settings,
        "server",
        env,
        ["server", "start", "--host", "127.0.0.1", "--port", str(port)],
    )
    deadline = time.monotonic() + 120
    while not _healthy(port):
        if time.monotonic() > deadline:
            log = _log_file(settings, "server")
            raise ConfigError(f"the Prefect server did not start; see {log}")
        time.sleep(0.5)


def _ensure_pool_and_limits(env: dict[str, str]) -> None:
    # Imported here: Prefect reads its settings from the environment set above.
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        try:
            client.read_work_pool(POOL)
        except ObjectNotFound:
            _run_prefect(env, "work-pool", "create", POOL, "--type", "process")
        _set_job_environment(env)
        try:
            client.read_work_queue_by_name(QUEUE, work_pool_name=POOL)
        except ObjectNotFound:
            _run_prefect(
                env, "work-queue", "create", QUEUE, "--pool", POOL, "--limit", "1"
            )
        client.upsert_global_concurrency_limit_by_name(WRITER_LIMIT, 1)
        if not client.read_automations_by_name(AUTOMATION):
            _create_automation()


def _set_job_environment(env: dict[str, str]) -> None:
    """Give flow processes the worker's settings whatever their working directory."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolUpdate

    wanted = {
        k: v
        for k, v in env.items()
        if k.startswith("CONFLICTWIRE_") or k == "PREFECT_FLOWS_HEARTBEAT_FREQUENCY"
    }
    with get_client(sync_client=True) as client:
        pool = client.read_work_pool(POOL)
        template = dict(pool.base_job_template)
        properties = template["variables"]["properties"]
        properties["env"] = {**properties.get("env", {}), "default": wanted}
        client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=template))


def _create_automation() -> None:
    """Crash runs whose process died silently: a zombie would hold the writer queue."""
    from prefect.automations import Automation
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture

    ended = {f"prefect.flow-run.{s}" for s in ("Completed", "Failed", "Cancelled")}
    Automation(
        name=AUTOMATION,
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={
                "prefect.flow-run.heartbeat",
                "prefect.flow-run.Crashed",
                *ended,
            },
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name="Crashed",
                message=f"no heartbeat for {SILENCE.seconds} s",
                force=False,
            )
        ],
    ).create()


def _start_worker(settings: Settings, env: dict[str, str]) -> None:
    if _running_pid(settings, "worker") is None:
        arguments = ["worker", "start", "--pool", POOL, "--type", "process"]
        _spawn(settings, "worker", env, [*arguments, "--name", "conflictwire"])


def _run_prefect(env: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        env=env,
        cwd=environment.repository_root(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = (done.stdout + done.stderr).strip()[-2000:]
        raise ConfigError(f"`prefect {' '.join(arguments)}` failed:\n{tail}")


def _spawn(
    settings: Settings, name: str, env: dict[str, str], arguments: list[str]
) -> None:
    with _log_file(settings, name).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            env=env,
            cwd=environment.repository_root(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _pid_file(settings, name).write_text(str(process.pid))


def _healthy(port: int) -> bool:
    try:
        url = f"http://127.0.0.1:{port}/api/health"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(json.load(answer))
    except (OSError, ValueError):
        return False


def _running_pid(settings: Settings, name: str) -> int | None:
    """Return the recorded pid if that process is still one of ours."""
    try:
        pid = int(_pid_file(settings, name).read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"prefect" in command else None


def _stop(pid: int, grace_s: float = 20.0) -> None:
    os.killpg(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    while time.monotonic() < deadline:
        try:
            finished, _ = os.waitpid(pid, os.WNOHANG)  # when it is our own child
        except ChildProcessError:
            finished = 0 if Path(f"/proc/{pid}").exists() else pid
        if finished:
            return
        time.sleep(0.2)
    os.killpg(pid, signal.SIGKILL)


def _pid_file(settings: Settings, name: str) -> Path:
    return settings.home.resolve() / "prefect" / f"{name}.pid"


def _log_file(settings: Settings, name: str) -> Path:
    return settings.home.resolve() / "prefect" / f"{name}.log"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
