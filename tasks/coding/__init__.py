"""From a text to coded events: triggers, status, roles, dates, tolls, claims, evidence."""
