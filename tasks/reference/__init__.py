"""Versioned reference data (places, actors) and its readers."""
