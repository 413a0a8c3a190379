"""Builds what analysts see: code lists, views and macros of schema `main`, with comments.

Views are not migrated: whenever their text changes they are dropped and made again.
"""

import hashlib
from pathlib import Path

import duckdb
import polars as pl

from tasks.errors import WarehouseError
from warehouse.engine import roll_back
from warehouse.fields import FieldBook, load_fields

_ROOT = Path(__file__).parent
_BUILT_BY = "meta.built_views"


def rebuild_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Make code lists, views, macros and comments again if their definitions changed.

    Returns whether it did. Runs in one transaction followed by a checkpoint.
    """
    wanted = definitions_sha256()
    if _built(connection) == wanted:
        return False
    connection.execute("BEGIN TRANSACTION")
    try:
        _drop_views(connection)
        for path in mapping_files():
            _load_mapping(connection, path)
        for path in view_files():
            connection.execute(path.read_text(encoding="utf-8"))
        book = load_fields()
        _comment(connection, book)
        _write_dictionary(connection, book)
        connection.execute(
            f"CREATE OR REPLACE TABLE {_BUILT_BY} AS SELECT ?::VARCHAR AS sha256",
            [wanted],
        )
        connection.execute("COMMIT")
    except duckdb.Error as error:
        roll_back(connection)
        raise WarehouseError(f"views: {error}") from error
    connection.execute("CHECKPOINT")
    return True


def view_files() -> list[Path]:
    """Return the SQL files of views and macros, in order of dependence."""
    return sorted((_ROOT / "views").glob("*.sql"))


def mapping_files() -> list[Path]:
    """Return the code lists that become tables of schema `ref`."""
    return sorted((_ROOT / "mappings").glob("*.tsv"))


def definitions_sha256() -> str:
    """Return a hash over every definition that rebuild_views turns into objects."""
    digest = hashlib.sha256()
    own = [Path(__file__), *sorted(_ROOT.glob("fields*.toml"))]
    for path in [*own, *mapping_files(), *view_files()]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE NOT internal AND NOT temporary"
    ).fetchall()
    return {str(name) for (name,) in rows}


def _built(connection: duckdb.DuckDBPyConnection) -> str | None:
    if _BUILT_BY not in _tables(connection):
        return None
    rows = connection.execute(f"SELECT sha256 FROM {_BUILT_BY}").fetchall()
    return str(rows[0][0]) if rows else None


def _drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    views = connection.execute(
        "SELECT schema_name, view_name FROM duckdb_views() "
        "WHERE NOT internal AND NOT temporary"
    ).fetchall()
    for schema, name in views:
        connection.execute(f'DROP VIEW "{schema}"."{name}"')
    macros = connection.execute(
        "SELECT DISTINCT schema_name, function_name, function_type "
        "FROM duckdb_functions() WHERE NOT internal AND schema_name = 'main' "
        "AND function_type IN ('macro', 'table_macro') "
        "AND database_name = current_database()"
    ).fetchall()
    for schema, name, kind in macros:
        word = "MACRO TABLE" if kind == "table_macro" else "MACRO"
        connection.execute(f'DROP {word} "{schema}"."{name}"')


def _load_mapping(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make ref.<name> from a TSV; empty cells are NULL, numbers are told by content."""
    frame = pl.read_csv(path, separator="\t", quote_char=None, infer_schema_length=None)
    texts = [
        c
        for c in frame.columns
        if c.startswith(("cameo_event", "cameo_base", "cameo_root"))
    ]
    if texts:  # codes such as 057 are words, not numbers
        plain = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
        frame = frame.with_columns(plain[c] for c in texts)
    connection.register("mapping", frame)
    connection.execute(f"CREATE OR REPLACE TABLE ref.{path.stem} AS FROM mapping")
    connection.unregister("mapping")


def _comment(connection: duckdb.DuckDBPyConnection, book: FieldBook) -> None:
    for relation, columns in main_columns(connection).items():
        text = book.relation_comment(relation)
        if text is not None:
            connection.execute(f"COMMENT ON VIEW main.{relation} IS {_literal(text)}")
        for column in columns:
            comment = book.column_comment(relation, column)
            if comment is not None:
                connection.execute(
                    f'COMMENT ON COLUMN main.{relation}."{column}" IS {_literal(comment)}'
                )


def main_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return relation -> columns of everything in schema main, in order."""
    rows = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal "
        "AND schema_name = 'main' AND database_name = current_database() "
        "ORDER BY table_name, column_index"
    ).fetchall()
    found: dict[str, list[str]] = {}
    for relation, column in rows:
        found.setdefault(str(relation), []).append(str(column))
    return found


def _write_dictionary(connection: duckdb.DuckDBPyConnection, book: FieldBook) -> None:
    """Keep the comments as a table too: clients differ in whether they show comments."""
    connection.execute("DELETE FROM ref.data_dictionary")
    warnings = pl.DataFrame(
        [(r, list(book.warnings(r))) for r in sorted(book.relations)],
        schema={"relation": pl.String(), "usage_warnings": pl.List(pl.String())},
        orient="row",
    )
    connection.register("warned", warnings)
    connection.execute(
        "INSERT INTO ref.data_dictionary "
        "SELECT c.table_name, c.column_name, c.column_index + 1, c.data_type, "
        "c.comment, v.comment, coalesce(w.usage_warnings, []) "
        "FROM duckdb_columns() c JOIN duckdb_views() v "
        "ON v.view_name = c.table_name AND v.schema_name = c.schema_name "
        "AND v.database_name = c.database_name "
        "LEFT JOIN warned w ON w.relation = c.table_name "
        "WHERE c.schema_name = 'main' AND NOT c.internal AND NOT v.internal "
        "AND c.database_name = current_database() ORDER BY ALL"
    )
    connection.unregister("warned")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
