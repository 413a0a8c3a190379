"""Archive: every response as it came, immutable, before anything parses it."""
