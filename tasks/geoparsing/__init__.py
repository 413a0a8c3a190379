"""Places named in a text, tied to the gazetteer country first; where an event happened."""
