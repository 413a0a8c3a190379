-- Where is this week unusual for its region?
-- columns: country, admin1, week, num_events, baseline_median, surge_score
SELECT country, admin1, week, num_events, baseline_median, round(surge_score, 1) AS surge_score
FROM admin1_week
WHERE week >= (SELECT max(week) - INTERVAL 7 DAY FROM admin1_week) AND surge_score >= 3
ORDER BY surge_score DESC, country, admin1;
