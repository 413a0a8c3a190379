"""The DuckDB warehouse: one writer, short transactions, a published snapshot."""
