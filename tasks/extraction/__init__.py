"""Extraction: from a fetched page to an article with a stable identity, or a reject."""
