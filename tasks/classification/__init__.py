"""The relevance gate: is anything in this text to be coded, and if not, why."""
