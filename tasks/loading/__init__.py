"""Values to rows: polars frames with the exact columns of the tables, and their loads."""
