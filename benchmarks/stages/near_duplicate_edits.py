"""Pairs of edited texts: the same functions as near_duplicates."""

from benchmarks.stages.near_duplicates import predict

__all__ = ["predict"]
