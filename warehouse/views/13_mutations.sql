CREATE VIEW main.mutations AS
SELECT
    m.mutation_id, m.article_id, m.parent_article_id, a.publisher,
    p.publisher AS parent_publisher, m.field, m.parent_value, m.child_value,
    m.child_quote, m.is_unsupported_by_origin
FROM core.mutation m
JOIN core.article a USING (article_id)
JOIN core.article p ON p.article_id = m.parent_article_id;
