"""From a text to coded events, each field with its evidence.

In the order they run: reading, dates, roles, stories, sides, event_types, tolls, claims.
"""
