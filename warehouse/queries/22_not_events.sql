-- Spans that look like events and are not: history, plans, inserts.
-- columns: why, num_spans, example
SELECT why, count(*) AS num_spans, min(quote) AS example
FROM exclusions
GROUP BY why
ORDER BY num_spans DESC, why;
