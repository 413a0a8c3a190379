"""Exports: the published file in the layouts other tools read."""
