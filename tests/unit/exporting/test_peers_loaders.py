"""Packages made for the peers' own data read our exports; the rest is held to a schema."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
from py_gdelt.models.events import Event, Mention
from py_gdelt.parsers.events import EventsParser
from py_gdelt.parsers.mentions import MentionsParser

from tasks.exporting.export import export
from tasks.exporting.layouts import LAYOUTS
from tests.unit.exporting import peer_rules

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / ".cache" / "views-datafactory-1.15.0"
LOCK = ROOT / "tests" / "requirements-peers.lock"

# The checks that VIEWS runs on what it fetched, before it stores it.
_VIEWS = """
import json, sys
import polars as pl
from datafactory_harvester.event_validation import (
    validate_dgp_assumptions, validate_events)
from datafactory_harvester.sources import acled, ucdp_annual

found = {}
for name, path, source, checks, key in (
    ("acled", sys.argv[1], acled, acled.ACLED_DGP_CHECKS, "event_id_cnty"),
    ("ucdp", sys.argv[2], ucdp_annual, ucdp_annual.UCDP_DGP_CHECKS, "id"),
):
    rows = pl.read_csv(path, infer_schema_length=None).to_dicts()
    result = validate_events(
        rows, source.REQUIRED_FIELDS, source.FIELD_TYPES, digest_fields=(key,))
    validate_dgp_assumptions(rows, checks)
    unique = len({row[key] for row in rows})
    found[name] = [result.valid, result.n_events, unique, result.errors]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def views_environment() -> dict[str, str]:
    """Return an environment that imports VIEWS' data factory, installed beside ours."""
    if not (TARGET / "datafactory_harvester").is_dir():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--require-hashes", "--no-deps",
             "--python", sys.executable, "--target", TARGET, "-r", LOCK],
            check=True,
            timeout=300,
        )  # fmt: skip
    return {**os.environ, "PYTHONPATH": str(TARGET)}


@pytest.mark.slow
def test_views_takes_our_acled_and_ucdp_files_as_theirs(
    published: Path, tmp_path: Path, views_environment: dict[str, str]
) -> None:
    export("acled", published, tmp_path)
    export("ucdp-ged", published, tmp_path)
    files = [tmp_path / "acled.csv", tmp_path / "ucdp_ged.csv"]
    child = subprocess.run(
        [sys.executable, "-c", _VIEWS, *files],
        env=views_environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2_000:]
    assert json.loads(child.stdout.splitlines()[-1]) == {
        "acled": [True, 4, 4, []],
        "ucdp": [True, 3, 3, []],
    }


def test_gdelt_py_reads_every_event_and_mention(
    published: Path, tmp_path: Path
) -> None:
    export("gdelt", published, tmp_path, neutral_tone=True)
    raw = EventsParser().parse((tmp_path / "gdelt.export.CSV").read_bytes())
    events = [Event.from_raw(row) for row in raw]
    assert [e.event_code for e in events].count("193") == 2
    assert len(events) == 4
    battle = next(e for e in events if e.event_code == "193")
    assert (battle.quad_class, battle.goldstein_scale) == (4, -10.0)
    assert battle.actor2 is not None
    assert battle.actor2.country_code == "MLI"
    assert battle.action_geo is not None
    assert (battle.action_geo.country_code, battle.action_geo.lat) == ("ML", 14.5)
    parsed = MentionsParser().parse((tmp_path / "gdelt.mentions.CSV").read_bytes())
    mentions = [Mention.from_raw(row) for row in parsed]
    assert {m.global_event_id for m in mentions} == {e.global_event_id for e in events}
    assert all(m.identifier.startswith("https://") for m in mentions)


def test_without_a_tone_the_cell_is_empty_and_only_that_option_fills_it(
    published: Path, tmp_path: Path
) -> None:
    tones = []
    for neutral in (False, True):
        export("gdelt", published, tmp_path, neutral_tone=neutral)
        lines = (tmp_path / "gdelt.export.CSV").read_text("utf-8").splitlines()
        tones.append({line.split("\t")[34] for line in lines})
    assert tones == [{""}, {"0.0"}]


def test_geopandas_reads_our_geoparquet(published: Path, tmp_path: Path) -> None:
    export("parquet", published, tmp_path)
    frame = geopandas.read_parquet(tmp_path / "events.parquet")
    assert frame.crs.to_string() == "OGC:CRS84"
    placed = frame[frame.geometry.notna()]
    assert len(frame) - len(placed) == 1
    assert set(placed.geometry.geom_type) == {"Point"}
    assert (placed.geometry.x == placed.longitude).all()
    assert (placed.geometry.y == placed.latitude).all()
    near = frame.cx[-5:-4, 14:15]
    assert len(near) == len(placed)


RULES = {
    "export_acled": peer_rules.ACLED,
    "export_ucdp_ged": peer_rules.UCDP_GED,
    "export_gdelt_events": peer_rules.GDELT_EVENTS,
    "export_gdelt_mentions": peer_rules.GDELT_MENTIONS,
    "export_polecat": peer_rules.POLECAT,
}


@pytest.mark.parametrize("relation", RULES)
def test_every_cell_is_what_the_peers_codebook_allows(
    published: Path, tmp_path: Path, relation: str
) -> None:
    rules = RULES[relation]
    rows = list(_rows(published, tmp_path, relation))
    assert rows
    assert set(rules) <= set(rows[0])
    wrong = [
        (column, row[column])
        for row in rows
        for column, pattern in rules.items()
        if not re.fullmatch(pattern, row[column])
    ]
    assert wrong == []


def _rows(published: Path, folder: Path, relation: str) -> Iterator[dict[str, str]]:
    """Export the relation and yield its rows as a reader of the layout sees them."""
    for kind, sheets in LAYOUTS.items():
        for sheet in sheets:
            if sheet.relation == relation:
                export(kind, published, folder)
                path = folder / sheet.file_name
                with path.open(encoding="utf-8", newline="") as stream:
                    names = None if sheet.has_header else list(sheet.columns)
                    yield from csv.DictReader(
                        stream, fieldnames=names, delimiter=sheet.separator
                    )
