"""The two sides of an event, and who claims it or is accused of it (CODEBOOK 5)."""
