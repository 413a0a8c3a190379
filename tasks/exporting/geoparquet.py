"""GeoParquet 1.1: a geometry column in WKB and the `geo` metadata readers look for."""

import json
import math
import struct
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

_WKB_POINT = struct.Struct("<BIdd")


def write_geoparquet(frame: pl.DataFrame, path: Path) -> None:
    """Write the frame with a `geometry` of points from longitude and latitude.

    Rows without coordinates keep a null geometry. Coordinates are WGS 84 (OGC:CRS84,
    the format's default).
    """
    points = [
        None if x is None or y is None else _WKB_POINT.pack(1, 1, x, y)
        for x, y in frame.select("longitude", "latitude").iter_rows()
    ]
    table = frame.with_columns(pl.Series("geometry", points, pl.Binary)).to_arrow()
    metadata = {**(table.schema.metadata or {}), b"geo": _geo(frame).encode()}
    pq.write_table(table.replace_schema_metadata(metadata), path, compression="zstd")


def _geo(frame: pl.DataFrame) -> str:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    box = _bounds(frame)
    if box is not None:
        column["bbox"] = box
    return json.dumps(
        {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {"geometry": column},
        }
    )


def _bounds(frame: pl.DataFrame) -> list[float] | None:
    placed = frame.drop_nulls(["longitude", "latitude"])
    if placed.is_empty():
        return None
    box = placed.select(
        pl.col("longitude").min().alias("west"),
        pl.col("latitude").min().alias("south"),
        pl.col("longitude").max().alias("east"),
        pl.col("latitude").max().alias("north"),
    ).row(0)
    return [float(v) for v in box if math.isfinite(v)]
