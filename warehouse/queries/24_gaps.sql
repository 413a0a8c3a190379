-- Gaps, lags and yields: what should I not conclude from this file?
-- columns: metric, subject, period, value, expected, unit, meaning
SELECT metric, subject, period, round(value, 2) AS value, expected, unit, meaning
FROM data_quality
ORDER BY metric, subject, period;
