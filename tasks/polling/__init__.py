"""Polling: which feeds are due, what they answer, what is new in them."""
