"""Measurements: predictions for the scorer, speed ratios, the project's own quality."""
