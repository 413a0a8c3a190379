"""What changed between two published releases: added, changed, merged, retracted."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.errors import WarehouseError
from tasks.loading.load import load_articles, load_coded, load_derivation
from tasks.loading.load_events import load_resolution
from tasks.model.coding import Fatalities
from tasks.model.events import EventRevision
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.diff import Change, compare_releases
from warehouse.publish import ReleaseInfo, publish, release_id_of

LATER = make.NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two nights: four events, then one of each kind of change."""
    folder = tmp_path_factory.mktemp("releases")
    warehouse = make.new_warehouse(folder)
    fill(warehouse, 4)
    first = _publish(warehouse, folder / "first", 1)
    _second_night(warehouse)
    return first, _publish(warehouse, folder / "second", 2)


def _publish(warehouse: Warehouse, public: Path, number: int) -> Path:
    at = make.NOW + timedelta(days=number)
    release = ReleaseInfo(
        release_id_of(at), f"run-{number}", at, "1", "test-1", "ref-1"
    )
    return publish(warehouse.path, public, release, 3).path


def _second_night(warehouse: Warehouse) -> None:
    """A toll moves, event 3 turns out to be event 2, event 4 is no event, 5 is new."""
    counted = replace(make.mention(1), fatalities=Fatalities(17, 17, 19, "17"))
    toll = EventRevision(
        event_id="event-1",
        revision=2,
        valid_from=LATER,
        valid_to=None,
        changed_field="fatalities_best",
        old_value="12",
        new_value="17",
        rule_id="R-REV-2",
        mention_id="mention-1-0",
    )
    with warehouse.transaction("second", "run-2") as tx:
        load_articles(tx, [make.article(5)], LATER)
        load_coded(tx, [make.coded(5), make.rejected(4)], LATER)
        load_derivation(tx, [make.lineage(5)], [], [make.story(5)])
        load_resolution(
            tx,
            events=[
                make.event(1, coded=counted),
                make.event(2, num_mentions=2, independent_origins=2),
                make.event(5),
            ],
            revisions=[toll, make.created(5, LATER)],
            redirects=[make.redirect(3, 2, LATER)],
            links=[make.link(3, 2), make.link(5)],
            known_at=LATER,
        )


def _of(changes: list[Change], kind: str) -> list[Change]:
    return [change for change in changes if change.change == kind]


def test_a_new_event_is_added(releases: tuple[Path, Path]) -> None:
    (added,) = _of(compare_releases(*releases), "added")
    assert added.event_id == "event-5"
    assert added.what.startswith(f"{make.DAY}, ")


def test_a_changed_field_names_its_values_its_rule_and_its_report(
    releases: tuple[Path, Path],
) -> None:
    changed = _of(compare_releases(*releases), "changed")
    best = next(c for c in changed if c.field == "fatalities_best")
    publisher = make.article(1).publisher
    assert (best.event_id, best.new) == ("event-1", "17")
    assert best.old not in {None, "17"}
    assert (best.rule, best.report) == ("R-REV-2", publisher)
    assert ("event-2", "independent_origins") in {
        (c.event_id, c.field) for c in changed
    }


def test_an_unchanged_field_is_not_listed(releases: tuple[Path, Path]) -> None:
    changed = {c.field for c in _of(compare_releases(*releases), "changed")}
    assert not changed & {"event_date", "location", "actor1", "sub_event_type"}


def test_a_merged_event_names_the_one_it_became(releases: tuple[Path, Path]) -> None:
    (merged,) = _of(compare_releases(*releases), "merged")
    assert (merged.event_id, merged.what) == ("event-3", "into event-2")


def test_an_event_no_report_supports_any_more_is_retracted(
    releases: tuple[Path, Path],
) -> None:
    (gone,) = _of(compare_releases(*releases), "retracted")
    assert gone.event_id == "event-4"


def test_a_release_does_not_differ_from_itself(releases: tuple[Path, Path]) -> None:
    assert compare_releases(releases[1], releases[1]) == []


def test_a_file_that_is_no_release_is_an_error(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    other.write_text("no database")
    with pytest.raises(WarehouseError, match="cannot compare"):
        compare_releases(releases[0], other)


def test_the_command_writes_one_json_object_a_change(
    releases: tuple[Path, Path],
) -> None:
    result = CliRunner().invoke(app, ["diff", *map(str, releases), "--json"])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["change"] for row in rows} == {
        "added",
        "changed",
        "merged",
        "retracted",
    }
    assert all(row.keys() == set(Change.__slots__) for row in rows)


def test_the_command_shows_a_table(releases: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["diff", *map(str, releases)])
    assert result.exit_code == 0, result.output
    assert "R-REV-2" in result.output
    assert "retracted" in result.output
