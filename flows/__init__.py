"""Orchestration only: one flow per file, named as in CONTRACT; no parsing, no SQL."""
