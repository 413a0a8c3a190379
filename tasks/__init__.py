"""The stages of Conflictwire, in pipeline order, one folder each.

polling        which feeds are due, what they answer, their items, their next poll
retrieval      the items' pages, politely
archiving      every response, immutable, before anything is parsed
extraction     page -> Article (body, title, dates, language, wire credit) or Reject
classification is this a report of conflict or protest? (relevance, abstention reasons)
geoparsing     names of places in a text -> gazetteer entries, country first
coding         Article -> EventMentions: what, who, where, when, how many dead, who says so
derivation     copies, rewrites and briefs of one text -> ArticleLineage, Mutations
resolution     EventMentions -> Events with every revision kept
loading        values -> warehouse rows, one transaction with its ledger row
aggregation    events -> country_month, dyad_day, ... (polars, frame in, frame out)
publishing     the warehouse, checked, copied and renamed into place
reporting      the run summary and reports/latest.html
exporting      the published events in the layouts of ACLED, UCDP GED, GDELT and POLECAT

demo/ is the newsroom that `make demo` and the tests read.

Shared foundations: model/ (the only place where stages meet), errors, settings,
http/ (client, address guard, limiter, robots), text/ (folding, sentences),
reference/ (gazetteer, actors: versioned data and its readers).
Only flows/** and files named task.py import Prefect.
"""
