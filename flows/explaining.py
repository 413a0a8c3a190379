"""`conflictwire explain`: an event or an article, down to the sentences and rules."""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from tasks.coding.explain import Mark, html_fragment, marks, plain
from tasks.model.coding import Evidence, Exclusion
from warehouse.query import read_published

Row = dict[str, Any]

_EVENT = "SELECT * EXCLUDE (tags) FROM event(?)"
_MENTIONS = (
    "SELECT mention_id, article_id, publisher, canonical_url, published_at, "
    "temporal_status, sub_event_type, event_date, location, actor1, actor2, "
    "fatalities_low, fatalities_best, fatalities_high, fatalities_text, family_id, "
    "link_score, link_reasons, evidence, "
    "(SELECT a.text FROM articles a "
    "WHERE a.article_id = event_mentions.article_id) AS text "
    "FROM event_mentions WHERE {where} "
    "ORDER BY published_at, mention_id"
)
_REVISIONS = (
    "SELECT revision, valid_from, changed_field, old_value, new_value, rule_id "
    "FROM event_revisions WHERE event_id = ? ORDER BY revision, changed_field"
)
_OF_ARTICLES = " WHERE article_id IN (SELECT unnest(?::VARCHAR[]))"
_LINEAGE = (
    "SELECT l.* FROM article_lineage l JOIN articles a USING (article_id)"
    + _OF_ARTICLES
    + " ORDER BY a.published_at, article_id"
)
_MUTATIONS = (
    "SELECT * FROM mutations"
    + _OF_ARTICLES
    + " ORDER BY article_id, field, child_quote"
)
_EXCLUSIONS = "SELECT * FROM exclusions" + _OF_ARTICLES + " ORDER BY char_start"
_ARTICLE = (
    "SELECT article_id, title, text, publisher, canonical_url, published_at "
    "FROM articles WHERE ? IN (canonical_url, url)"
)
_DROPPED = "(the text was dropped by the retention setting; quotes are kept)"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>conflictwire explain</title>
<style>
body {{ max-width: 46rem; margin: 2rem auto; font: 1rem/1.5 serif; padding: 0 1rem }}
mark.evidence {{ background: #ffe9a8 }}
mark.excluded {{ background: #eee; color: #555; text-decoration: line-through }}
</style></head><body>
{body}
</body></html>
"""
_REJECTS = "SELECT stage, reason, detail FROM rejects WHERE url = ?"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one event or article."""

    event: Row | None
    article: Row | None
    mentions: list[Row]
    lineage: list[Row]
    mutations: list[Row]
    exclusions: list[Row]
    revisions: list[Row]
    rejects: list[Row]

    def as_dict(self) -> Row:
        """Return plain values, for --json."""
        return {name: getattr(self, name) for name in self.__slots__}

    def show(self, out: Console) -> None:
        """Print it for a person."""
        if self.event is not None:
            _show_event(out, self.event)
        if self.article is not None:
            _show_article(out, self.article)
        for row, found in self._texts():
            _show_text(out, row, found)
            if row["text"] is None:
                _show_quotes(out, self._of(row["article_id"]))
        _show_rows(out, "derivation of the texts", self.lineage, _lineage_line)
        _show_rows(out, "facts that changed on the way", self.mutations, _mutation_line)
        _show_rows(out, "excluded: looks like an event and is not", self.exclusions, _exclusion_line)  # fmt: skip
        _show_rows(out, "revisions", self.revisions, _revision_line)
        _show_rows(out, "rejected", self.rejects, lambda r: f"{r['stage']}: {r['reason']} {r['detail']}")  # fmt: skip

    def _texts(self) -> list[tuple[Row, list[Mark]]]:
        """Return every text behind it, once, with the spans that are marked in it."""
        if self.article is not None:
            return [(self.article, self._marks(self.article["article_id"]))]
        rows = {row["article_id"]: row for row in reversed(self.mentions)}
        return [(row, self._marks(key)) for key, row in reversed(rows.items())]

    def _of(self, article_id: str) -> list[Row]:
        return [m for m in self.mentions if m["article_id"] == article_id]

    def _marks(self, article_id: str) -> list[Mark]:
        mine = self._of(article_id)
        told = {
            number: [
                Evidence(e["field"], e["start"], e["end"], e["quote"], e["rule_id"])
                for e in mention["evidence"]
            ]
            for number, mention in enumerate(mine, start=1)
        }
        excluded = [
            Exclusion(
                x["char_start"], x["char_end"], x["quote"], x["why"], x["rule_id"]
            )
            for x in self.exclusions
            if x["article_id"] == article_id
        ]
        return marks(told, excluded)

    def as_html(self) -> str:
        """Return the texts with their marked spans as one self-contained page."""
        parts = [
            f"<h2>{html.escape(str(row['publisher']))}</h2>\n"
            f"<p>{html.escape(str(row['canonical_url']))}</p>\n"
            + (
                html_fragment(row["text"], found)
                if row["text"]
                else f"<p>{_DROPPED}</p>"
            )
            for row, found in self._texts()
        ]
        return _PAGE.format(body="\n".join(parts))


def explain_event(path: Path, event_id: str) -> Explanation | None:
    """Return what stands behind an event, by its id or one it had before; None if unknown."""
    events = read_published(path, _EVENT, [event_id]).dicts()
    if not events:
        return None
    found = str(events[0]["event_id"])
    mentions = read_published(path, _MENTIONS.format(where="event_id = ?"), [found])
    rows = mentions.dicts()
    articles = [row["article_id"] for row in rows]
    return Explanation(
        event=events[0],
        article=None,
        mentions=rows,
        lineage=read_published(path, _LINEAGE, [articles]).dicts(),
        mutations=read_published(path, _MUTATIONS, [articles]).dicts(),
        exclusions=read_published(path, _EXCLUSIONS, [articles]).dicts(),
        revisions=read_published(path, _REVISIONS, [found]).dicts(),
        rejects=[],
    )


def explain_article(path: Path, url: str) -> Explanation | None:
    """Return what was made of a page, its rejects included; None if it was never seen."""
    articles = read_published(path, _ARTICLE, [url]).dicts()
    rejects = read_published(path, _REJECTS, [url]).dicts()
    if not articles and not rejects:
        return None
    ids = [row["article_id"] for row in articles]
    where = "article_id IN (SELECT unnest(?::VARCHAR[]))"
    return Explanation(
        event=None,
        article=articles[0] if articles else None,
        mentions=read_published(path, _MENTIONS.format(where=where), [ids]).dicts(),
        lineage=read_published(path, _LINEAGE, [ids]).dicts(),
        mutations=read_published(path, _MUTATIONS, [ids]).dicts(),
        exclusions=read_published(path, _EXCLUSIONS, [ids]).dicts(),
        revisions=[],
        rejects=rejects,
    )


def _show_event(out: Console, event: Row) -> None:
    out.rule(escape(f"{event['event_id']}  revision {event['revision']}"))
    sides = f"{event['actor1']} / {event['actor2']}"
    lines = [
        f"{event['event_date']}  {event['event_type']}: {event['sub_event_type']}",
        (
            f"{event['location']}, {event['admin1']}, {event['country']} "
            f"(geo_precision {event['geo_precision']}, where_prec {event['where_prec']})"
        ),
        (
            f"{sides}  responsibility: {event['responsibility_status']} "
            f"by {event['responsibility_by']}"
        ),
        (
            f"deaths: low {event['fatalities_low']}, best {event['fatalities_best']}, "
            f"high {event['fatalities_high']}  “{event['fatalities_text']}”"
        ),
        (
            f"{event['num_mentions']} reports, {event['num_sources']} publishers, "
            f"{event['independent_origins']} independent origins, "
            f"disputed: {event['is_disputed']} {event['disputes'] or ''}"
        ),
    ]
    for line in lines:
        out.print(escape(_plain(line)), soft_wrap=True)


def _show_article(out: Console, article: Row) -> None:
    out.print(escape(_plain(str(article["title"]))), soft_wrap=True)


def _show_text(out: Console, row: Row, found: list[Mark]) -> None:
    """Print a text with numbered spans and, below it, what each of them stands for."""
    out.rule(escape(_plain(f"{row['publisher']}, {row['published_at']}")), align="left")
    out.print(escape(_plain(str(row["canonical_url"]))), soft_wrap=True)
    if row["text"] is not None:
        shown = plain(_plain_same_length(row["text"]), found)
        out.print(escape(shown), soft_wrap=True, highlight=False)
        return
    out.print(_DROPPED)


def _show_quotes(out: Console, mentions: list[Row]) -> None:
    """Print the words kept of a text that is no longer held."""
    for mention in mentions:
        for span in mention["evidence"]:
            out.print(
                f"  [bold]{escape(span['field']):<12}[/bold] "
                f"“{escape(_plain(span['quote']))}” "
                f"[dim]{escape(span['rule_id'])} {span['start']}–{span['end']}[/dim]",
                soft_wrap=True,
            )


def _show_rows(out: Console, title: str, rows: list[Row], line: Any) -> None:
    if rows:
        out.rule(title, align="left")
        for row in rows:
            out.print("  " + escape(_plain(line(row))), soft_wrap=True)


def _lineage_line(row: Row) -> str:
    parent = f" of {row['parent_publisher']}" if row["parent_publisher"] else ""
    signals = ", ".join(row["signals"] or ())
    return f"{row['publisher']}: {row['lineage']}{parent}  {signals}"


def _mutation_line(row: Row) -> str:
    return (
        f"{row['publisher']}: {row['field']} {row['parent_value']} -> "
        f"{row['child_value']}  “{row['child_quote']}”"
    )


def _exclusion_line(row: Row) -> str:
    return f"{row['why']}: “{row['quote']}” {row['rule_id']}"


def _revision_line(row: Row) -> str:
    return (
        f"{row['revision']}  {row['valid_from']}  {row['changed_field']}: "
        f"{row['old_value']} -> {row['new_value']}  {row['rule_id']}"
    )


def _plain(text: str) -> str:
    """Keep hostile texts from moving the cursor or reversing the line."""
    return "".join(c if c.isprintable() else " " for c in text)


def _plain_same_length(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
