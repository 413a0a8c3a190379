-- One actor month by month.
-- columns: month, num_events, num_as_side1, num_as_side2, num_opponents, fatalities_best
SELECT month, num_events, num_as_side1, num_as_side2, num_opponents, fatalities_best
FROM actor_month
WHERE actor = (SELECT actor FROM actor_month GROUP BY actor ORDER BY sum(num_events) DESC, actor LIMIT 1)
ORDER BY month;
