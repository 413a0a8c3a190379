"""A document as the coder sees it: lexicon, triggers, sentences, what a page adds."""
