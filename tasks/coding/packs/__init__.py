"""Language packs: data by which the coder reads texts that are not in its working language."""
