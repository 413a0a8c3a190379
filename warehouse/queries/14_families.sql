-- The largest families of texts and who copied from whom.
-- columns: family_id, num_articles, num_publishers, origin
SELECT family_id, count(*) AS num_articles, count(DISTINCT publisher) AS num_publishers,
    arg_min(publisher, published_at) FILTER (WHERE lineage IN ('origin', 'independent')) AS origin
FROM article_lineage
GROUP BY family_id
ORDER BY num_articles DESC, family_id
LIMIT 50;
