"""How the gazetteer is put together: keys, source adapters, merging, the SQLite writer."""
