"""Aggregates: polars frame in, polars frame out; only load.py touches the warehouse."""
