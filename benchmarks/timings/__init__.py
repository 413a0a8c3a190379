"""One module per speed figure: measure() -> Figure."""
