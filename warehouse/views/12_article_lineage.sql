CREATE VIEW main.article_lineage AS
SELECT
    l.article_id, l.family_id, l.lineage, l.parent_article_id,
    a.publisher, p.publisher AS parent_publisher, a.wire_credit,
    a.published_at, p.published_at AS parent_published_at,
    l.similarity, l.containment, l.score, l.signals
FROM core.article_lineage l
JOIN core.article a USING (article_id)
LEFT JOIN core.article p ON p.article_id = l.parent_article_id;
