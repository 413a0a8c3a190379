"""Renders docs/data_dictionary.md from the comments: `python -m warehouse.dictionary`."""

import tempfile
from pathlib import Path

from warehouse.connect import Warehouse
from warehouse.fields import load_fields
from warehouse.migrate import open_warehouse

TARGET = Path(__file__).parent.parent / "docs" / "data_dictionary.md"

_HEADER = """# Data dictionary

Generated from the comments in the published file by `python -m warehouse.dictionary`;
a test fails when this page and the file differ. The same texts are in the relation
`data_dictionary` and in every client that shows column comments.

"""


def render(warehouse: Warehouse) -> str:
    """Return the page for the relations of this warehouse."""
    book = load_fields()
    parts = [_HEADER, "## Usage warnings\n\n"]
    parts += [f"- `{code}`: {text}\n" for code, text in sorted(book.vocabulary.items())]
    rows = warehouse.read("FROM main.data_dictionary ORDER BY relation, ordinal")
    relation = None
    for row in rows.iter_rows(named=True):
        if row["relation"] != relation:
            relation = row["relation"]
            parts.append(f"\n## {relation}\n\n{row['relation_comment']}\n\n")
            parts.append("| column | type | meaning |\n|---|---|---|\n")
        parts.append(
            f"| `{row['column_name']}` | {row['data_type']} | {_cell(row['comment'])} |\n"
        )
    return "".join(parts)


def render_fresh() -> str:
    """Return the page of an empty warehouse of this version."""
    with tempfile.TemporaryDirectory() as folder:
        return render(open_warehouse(Path(folder) / "private" / "warehouse.duckdb"))


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    TARGET.write_text(render_fresh(), encoding="utf-8")
