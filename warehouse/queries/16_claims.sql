-- Who says what, and how do they put it?
-- columns: claimant_kind, verb_class, subject, num_claims, example
SELECT claimant_kind, verb_class, subject, count(*) AS num_claims, min(quote) AS example
FROM claims
GROUP BY claimant_kind, verb_class, subject
ORDER BY num_claims DESC, claimant_kind, verb_class, subject;
