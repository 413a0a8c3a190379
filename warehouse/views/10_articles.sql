CREATE VIEW main.articles AS
SELECT
    a.article_id, a.canonical_url, a.url, a.publisher, a.publisher_host, a.wire_credit,
    a.language, a.language_confidence, a.title, a.text,
    a.revision_sha256 AS text_sha256, a.num_characters,
    a.published_at, a.published_at_source, a.updated_at, a.first_seen_at,
    a.byline, a.section, a.outlet_country AS outlet_country_iso3,
    a.source_publisher, a.feed_url,
    l.family_id, l.lineage, l.parent_article_id, s.story_id,
    c.is_relevant, c.relevance_score, c.num_mentions, c.coder_version,
    coalesce(r.num_revisions, 0) AS num_revisions,
    a.num_removals, a.extractor, a.extractor_rule, a.extractor_version, a.response_id
FROM core.article a
LEFT JOIN core.article_lineage l USING (article_id)
LEFT JOIN core.story_member s USING (article_id)
LEFT JOIN core.coded_article c USING (article_id)
-- Joined, not a subquery per row: that would read every text to show one article.
LEFT JOIN (
    SELECT article_id, count(*) AS num_revisions
    FROM core.article_revision GROUP BY article_id
) r USING (article_id);
