"""The HTTP layer shared by polling and retrieval."""
