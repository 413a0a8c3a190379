-- Keys under which a stored text is found again by a later one. Private to the writer:
-- rebuilt from core.article whenever minhash_version changes.
CREATE TABLE core.text_band (
    article_id VARCHAR NOT NULL,
    kind TINYINT NOT NULL,
    key UBIGINT NOT NULL,
    day INTEGER NOT NULL,
    minhash_version VARCHAR NOT NULL
);
COMMENT ON TABLE core.text_band IS 'Private: keys by which near-copies and rewrites of a text are found; about 60 rows per article, appended in publication order.';
COMMENT ON COLUMN core.text_band.article_id IS 'Article whose current text has this key.';
COMMENT ON COLUMN core.text_band.kind IS '0-31: MinHash band of that number; 32: sampled shingle; 33: rare name.';
COMMENT ON COLUMN core.text_band.key IS 'Hash; equal keys of one kind make two texts candidates.';
COMMENT ON COLUMN core.text_band.day IS 'Days since 1970-01-01 (UTC) of publication, of first sight where the publication time is unknown.';
COMMENT ON COLUMN core.text_band.minhash_version IS 'Algorithm, permutations, shingle size, normaliser and seed; keys of different versions are never compared.';

-- What online clustering of stories keeps of each story between runs.
CREATE TABLE core.story (
    story_id VARCHAR NOT NULL,
    num_articles INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    terms VARCHAR[] NOT NULL,
    weights DOUBLE[] NOT NULL
);
COMMENT ON TABLE core.story IS 'Stories: reports about one development over days, for reading; separate from events.';
COMMENT ON COLUMN core.story.story_id IS 'UUID: hash of the canonical URL of the article that opened the story; stable when the story grows.';
COMMENT ON COLUMN core.story.num_articles IS 'Articles in the story.';
COMMENT ON COLUMN core.story.first_day IS 'Days since 1970-01-01 (UTC) of its earliest article.';
COMMENT ON COLUMN core.story.last_day IS 'Days since 1970-01-01 (UTC) of its latest article.';
COMMENT ON COLUMN core.story.title IS 'Title of the earliest article.';
COMMENT ON COLUMN core.story.terms IS 'Its heaviest terms, heaviest first.';
COMMENT ON COLUMN core.story.weights IS 'Weights of terms, same order.';
