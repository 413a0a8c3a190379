"""Who does what to whom in one sentence: slots of verbs and nouns (CODEBOOK 5)."""
