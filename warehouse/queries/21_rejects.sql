-- What was not coded, and why? Recall lost is countable.
-- columns: stage, reason, num_rows, example
SELECT stage, reason, count(*) AS num_rows, min(url) AS example
FROM rejects
GROUP BY stage, reason
ORDER BY num_rows DESC, stage, reason;
