-- Rows are looked for by ids of 36 characters; reading those of a whole archive is what a
-- night would pay for. Beside each such id stands a number, 32 bits of its hash: the search
-- reads the numbers, then compares the ids of the few rows found (warehouse/lookup.py).
-- All columns of a table are added before any is filled: DuckDB 1.5 cannot commit a table
-- that is altered after an update.
ALTER TABLE raw.feed_item ADD COLUMN item_id_lookup UINTEGER;
UPDATE raw.feed_item SET
    item_id_lookup = (md5_number_lower(item_id) & 4294967295)::UINTEGER;
ALTER TABLE raw.response ADD COLUMN response_id_lookup UINTEGER;
UPDATE raw.response SET
    response_id_lookup = (md5_number_lower(response_id) & 4294967295)::UINTEGER;
ALTER TABLE core.article ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.article SET
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.article_revision ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.article_revision SET
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.reject ADD COLUMN reject_id_lookup UINTEGER;
ALTER TABLE core.reject ADD COLUMN article_id_lookup UINTEGER;
ALTER TABLE core.reject ADD COLUMN url_lookup UINTEGER;
ALTER TABLE core.reject ADD COLUMN feed_url VARCHAR;  -- of its item, else of its article
UPDATE core.reject SET
    reject_id_lookup = (md5_number_lower(reject_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER,
    url_lookup = (md5_number_lower(url) & 4294967295)::UINTEGER;
ALTER TABLE core.article_lineage ADD COLUMN article_id_lookup UINTEGER;
ALTER TABLE core.article_lineage ADD COLUMN family_id_lookup UINTEGER;
ALTER TABLE core.article_lineage ADD COLUMN parent_article_id_lookup UINTEGER;
UPDATE core.article_lineage SET
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER,
    family_id_lookup = (md5_number_lower(family_id) & 4294967295)::UINTEGER,
    parent_article_id_lookup = (md5_number_lower(parent_article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.mutation ADD COLUMN mutation_id_lookup UINTEGER;
ALTER TABLE core.mutation ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.mutation SET
    mutation_id_lookup = (md5_number_lower(mutation_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.story_member ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.story_member SET
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.coded_article ADD COLUMN article_id_lookup UINTEGER;
ALTER TABLE core.coded_article ADD COLUMN feed_url VARCHAR;
UPDATE core.coded_article SET
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event_mention ADD COLUMN mention_id_lookup UINTEGER;
ALTER TABLE core.event_mention ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.event_mention SET
    mention_id_lookup = (md5_number_lower(mention_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.claim ADD COLUMN claim_id_lookup UINTEGER;
ALTER TABLE core.claim ADD COLUMN mention_id_lookup UINTEGER;
ALTER TABLE core.claim ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.claim SET
    claim_id_lookup = (md5_number_lower(claim_id) & 4294967295)::UINTEGER,
    mention_id_lookup = (md5_number_lower(mention_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.fatality_claim ADD COLUMN claim_id_lookup UINTEGER;
ALTER TABLE core.fatality_claim ADD COLUMN mention_id_lookup UINTEGER;
ALTER TABLE core.fatality_claim ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.fatality_claim SET
    claim_id_lookup = (md5_number_lower(claim_id) & 4294967295)::UINTEGER,
    mention_id_lookup = (md5_number_lower(mention_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.exclusion ADD COLUMN exclusion_id_lookup UINTEGER;
ALTER TABLE core.exclusion ADD COLUMN article_id_lookup UINTEGER;
UPDATE core.exclusion SET
    exclusion_id_lookup = (md5_number_lower(exclusion_id) & 4294967295)::UINTEGER,
    article_id_lookup = (md5_number_lower(article_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event ADD COLUMN event_id_lookup UINTEGER;
UPDATE core.event SET
    event_id_lookup = (md5_number_lower(event_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event_version ADD COLUMN event_id_lookup UINTEGER;
UPDATE core.event_version SET
    event_id_lookup = (md5_number_lower(event_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event_revision ADD COLUMN event_id_lookup UINTEGER;
UPDATE core.event_revision SET
    event_id_lookup = (md5_number_lower(event_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event_link ADD COLUMN mention_id_lookup UINTEGER;
ALTER TABLE core.event_link ADD COLUMN event_id_lookup UINTEGER;
UPDATE core.event_link SET
    mention_id_lookup = (md5_number_lower(mention_id) & 4294967295)::UINTEGER,
    event_id_lookup = (md5_number_lower(event_id) & 4294967295)::UINTEGER;
ALTER TABLE core.event_actor ADD COLUMN event_id_lookup UINTEGER;
UPDATE core.event_actor SET
    event_id_lookup = (md5_number_lower(event_id) & 4294967295)::UINTEGER;

-- Feed health counts what came of each feed without joining the archive to itself.
UPDATE core.coded_article c SET feed_url = a.feed_url
FROM core.article a WHERE a.article_id = c.article_id;
UPDATE core.reject r SET feed_url = i.feed_url
FROM raw.feed_item i WHERE i.item_id = r.item_id;
UPDATE core.reject r SET feed_url = a.feed_url
FROM core.article a WHERE r.item_id IS NULL AND a.article_id = r.article_id;
