"""Offset-preserving text primitives shared by every stage that reads text."""
