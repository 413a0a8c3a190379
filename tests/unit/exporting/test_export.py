"""Exports: the peers' layouts, safe to open, and the same when read back."""

import csv
import json
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ConfigError, WarehouseError
from tasks.exporting.export import export
from tasks.exporting.layouts import LAYOUTS, RELATIONS
from tasks.exporting.safe_csv import unguard, write_csv
from tests.unit.exporting.conftest import ARMY, REBELS


def _rows(path: Path, separator: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=separator))


@pytest.mark.parametrize(
    ("relation", "count"),
    [
        ("export_acled", 31),
        ("export_ucdp_ged", 49),
        ("export_gdelt_events", 61),
        ("export_gdelt_mentions", 16),
        ("export_polecat", 40),
    ],
)
def test_the_views_have_the_peers_columns_in_their_order(
    published: Path, relation: str, count: int
) -> None:
    sheet = next(s for x in LAYOUTS.values() for s in x if s.relation == relation)
    with duckdb.connect(str(published), read_only=True) as connection:
        cursor = connection.execute(f"FROM {relation}")
        names = tuple(column[0] for column in cursor.description)
    assert names == sheet.columns
    assert len(set(names)) == count


def test_acled_figures_follow_the_rule_and_say_which(
    published: Path, tmp_path: Path
) -> None:
    export("acled", published, tmp_path)
    figures = {
        row["event_id_cnty"]: (row["fatalities"], row["fatalities_basis"])
        for row in _rows(tmp_path / "acled_companion.csv")
    }
    assert figures == {
        "event-1": ("12", "best"),
        "event-5": ("3", 'default for "several"'),
        "event-6": ("5", "lowest of disputed figures"),
        "event-7": ("0", "none stated"),
    }
    rows = {r["event_id_cnty"]: r for r in _rows(tmp_path / "acled.csv")}
    assert rows["event-5"]["fatalities"] == "3"
    assert rows["event-5"]["interaction"] == "12"
    assert (rows["event-1"]["inter1"], rows["event-1"]["interaction"]) == ("3", "37")
    assert rows["event-7"]["interaction"] == "60"
    assert rows["event-5"]["iso"] == "466"
    assert rows["event-5"]["source_scale"] == "National"
    assert rows["event-7"]["latitude"] == ""


def test_ucdp_holds_deadly_organised_violence_only(
    published: Path, tmp_path: Path
) -> None:
    export("ucdp-ged", published, tmp_path)
    rows = {r["relid"]: r for r in _rows(tmp_path / "ucdp_ged.csv")}
    assert sorted(rows) == ["event-1", "event-5", "event-6"]
    assert rows["event-1"]["type_of_violence"] == "3"
    assert rows["event-1"]["side_b"] == "Civilians"
    assert rows["event-1"]["deaths_civilians"] == "12"
    state_based = rows["event-5"]
    assert state_based["type_of_violence"] == "1"
    assert state_based["side_a"] == ARMY.name
    assert (state_based["gwnoa"], state_based["gwnob"]) == ("432", "")
    assert (state_based["low"], state_based["best"], state_based["high"]) == (
        "3",
        "",
        "9",
    )
    assert state_based["country_id"] == "432"
    # PRIO-GRID: cell of 14.5 N, 4.2 W counted from the south-west, 720 to a row.
    assert state_based["priogrid_gid"] == str(209 * 720 + 351 + 1)


def test_gdelt_is_tab_separated_without_a_header(
    published: Path, tmp_path: Path
) -> None:
    export("gdelt", published, tmp_path)
    lines = (tmp_path / "gdelt.export.CSV").read_text("utf-8").splitlines()
    assert len(lines) == 4
    assert {line.count("\t") for line in lines} == {60}
    names = LAYOUTS["gdelt"][0].columns
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
    assert {r["ActionGeo_CountryCode"] for r in rows} == {"ML", ""}
    battle = next(r for r in rows if r["EventCode"] == "193")
    assert (battle["EventRootCode"], battle["QuadClass"]) == ("19", "4")
    assert battle["Actor2Code"] == "MLIGOV"
    assert battle["Day"] == "20260228"
    mentions = (tmp_path / "gdelt.mentions.CSV").read_text("utf-8").splitlines()
    assert {line.count("\t") for line in mentions} == {15}
    assert {m.split("\t")[0] for m in mentions} == {r["GlobalEventID"] for r in rows}


def test_polecat_lists_all_sides_of_a_battle_as_actors(
    published: Path, tmp_path: Path
) -> None:
    export("polecat", published, tmp_path)
    rows = {r["Event ID"]: r for r in _rows(tmp_path / "polecat.txt", "\t")}
    battle = rows["event-5"]
    assert battle["Actor Name"] == f"{REBELS.name}; {ARMY.name}"
    assert battle["Actor COW"] == "None; 432"
    assert battle["Recipient Name"] == ""
    assert (battle["Event Type"], battle["Event Mode"]) == ("ASSAULT", "firearms")
    assert rows["event-1"]["Recipient Name"] == "Civilians (Mali)"
    assert rows["event-7"]["Event Type"] == "PROTEST"


def test_every_event_type_of_the_codebook_has_a_mapping_row(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            "SELECT event_type, count(*) FROM ref.event_type GROUP BY 1 ORDER BY 1"
        ).fetchall()
        bad = connection.execute(
            "FROM ref.event_type WHERE cameo_event IS NOT NULL AND "
            "(cameo_event NOT LIKE cameo_base || '%' OR cameo_base NOT LIKE cameo_root || '%')"
        ).fetchall()
    assert dict(rows) == {
        "Battles": 3,
        "Explosions/Remote violence": 6,
        "Protests": 3,
        "Riots": 2,
        "Strategic developments": 8,
        "Violence against civilians": 3,
    }
    assert bad == []


def test_country_codes_are_one_to_one_and_fips_differs_from_iso(
    published: Path,
) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        doubled = connection.execute(
            "SELECT iso3 FROM ref.country GROUP BY 1 HAVING count(*) > 1"
        ).fetchall()
        fips = connection.execute(
            "SELECT iso3, fips, gwno FROM ref.country "
            "WHERE iso3 IN ('NER', 'NGA', 'BFA', 'MLI', 'SSD') ORDER BY 1"
        ).fetchall()
    assert doubled == []
    assert fips == [
        ("BFA", "UV", 439),
        ("MLI", "ML", 432),
        ("NER", "NG", 436),
        ("NGA", "NI", 475),
        ("SSD", "OD", 626),
    ]


def test_geoparquet_metadata_and_points_are_valid(
    published: Path, tmp_path: Path
) -> None:
    export("parquet", published, tmp_path)
    table = pq.read_table(tmp_path / "events.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert geo["columns"]["geometry"]["bbox"] == [-4.2, 14.5, -4.2, 14.5]
    points = table.column("geometry").to_pylist()
    assert sum(p is None for p in points) == 1
    assert {p for p in points if p} == {
        bytes.fromhex("0101000000") + b"\xcd\xcc\xcc\xcc\xcc\xcc\x10\xc0"
        b"\x00\x00\x00\x00\x00\x00-@"
    }


def test_parquet_reads_back_as_it_is_in_the_file(
    published: Path, tmp_path: Path
) -> None:
    files = export("parquet", published, tmp_path)
    assert [f.relation for f in files] == list(RELATIONS)
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for relation in ("events", "event_mentions", "claims", "articles"):
            columns = "* EXCLUDE (text)" if relation == "articles" else "*"
            kept = connection.sql(f"SELECT {columns} FROM {relation} ORDER BY 1").pl()
            back = pl.read_parquet(tmp_path / f"{relation}.parquet")
            assert back.drop("geometry", strict=False).equals(kept), relation


def test_csv_has_one_file_per_relation_and_iso_times(
    published: Path, tmp_path: Path
) -> None:
    export("csv", published, tmp_path)
    rows = _rows(tmp_path / "events.csv")
    assert len(rows) == 4
    assert rows[0]["event_date"] == date(2026, 2, 28).isoformat()
    assert rows[0]["known_at"] == "2026-03-01T06:30:00Z"
    assert {p.stem for p in tmp_path.iterdir()} == set(RELATIONS)


def test_article_texts_are_not_exported(published: Path, tmp_path: Path) -> None:
    export("csv", published, tmp_path)
    assert "text" not in _rows(tmp_path / "articles.csv")[0]


def test_hostile_text_is_inert_and_stays_one_cell(tmp_path: Path) -> None:
    hostile = [
        '=HYPERLINK("http://x")',
        "@SUM(1)",
        "-2+3",
        "+1",
        "\tx",
        "line\nbreak",
        'quo"te',
        "a,b",
        "'=x",
        None,
        "",
        "\u202ertl",
    ]
    frame = pl.DataFrame({"n": range(len(hostile)), "t": hostile})
    write_csv(frame, tmp_path / "x.csv")
    back = [row["t"] for row in _rows(tmp_path / "x.csv")]
    assert all(cell[:1] not in tuple("=+-@\t\r\n") for cell in back)
    assert [unguard(c) for c in back] == [h or "" for h in hostile]


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    write_csv(pl.DataFrame({"x": [-4.2]}), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text() == "x\n-4.2\n"


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), max_size=6
    )
)
def test_any_text_survives_the_guard(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        write_csv(
            pl.DataFrame(
                {"t": texts, "n": [1] * len(texts)},
                schema={"t": pl.String, "n": pl.Int8},
            ),
            path,
        )
        assert [unguard(r["t"]) for r in _rows(path)] == texts


@given(st.text(st.characters(codec="utf-8")))
def test_tab_separated_cells_never_break_the_line(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tsv"
        write_csv(pl.DataFrame({"a": [text], "b": ["end"]}), path, separator="\t")
        content = path.read_bytes().decode()
        assert content.count("\n") == 2
        assert content.rstrip("\n").split("\n")[1].count("\t") == 1


def test_an_unknown_kind_is_named(published: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"unknown export 'xls'.*acled"):
        export("xls", published, tmp_path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="publish first"):
        export("csv", tmp_path / "none.duckdb", tmp_path)
