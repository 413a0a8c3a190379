"""Type and sub-type of a story: outcome before method (CODEBOOK 4)."""
