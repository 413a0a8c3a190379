-- What did rewrites add or alter against their origin?
-- columns: publisher, parent_publisher, field, parent_value, child_value, child_quote
SELECT publisher, parent_publisher, field, parent_value, child_value, child_quote
FROM mutations
WHERE is_unsupported_by_origin
ORDER BY publisher, mutation_id;
