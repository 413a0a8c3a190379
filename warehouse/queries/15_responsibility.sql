-- Who claims or is blamed for what?
-- columns: responsibility_status, responsibility_by, actor1, num_events
SELECT responsibility_status, responsibility_by, actor1, count(*) AS num_events
FROM events
WHERE responsibility_status IS NOT NULL
GROUP BY responsibility_status, responsibility_by, actor1
ORDER BY num_events DESC, responsibility_status, responsibility_by, actor1;
