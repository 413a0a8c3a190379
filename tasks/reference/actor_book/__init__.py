"""The actor reference: tables, generated state forces, matching, coreference."""
