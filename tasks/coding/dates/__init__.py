"""When: expressions found, resolved and linked to triggers (CODEBOOK 7)."""
