CREATE VIEW main.stories AS
SELECT
    s.story_id,
    arg_min(a.title, coalesce(a.published_at, a.first_seen_at)) AS title,
    count(*) AS num_articles,
    count(DISTINCT a.publisher) AS num_sources,
    min(a.published_at) AS first_published_at,
    max(a.published_at) AS last_published_at
FROM core.story_member s
JOIN core.article a USING (article_id)
GROUP BY s.story_id;
