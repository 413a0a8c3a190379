"""Which mentions report one event: linking, survivorship, revisions."""
