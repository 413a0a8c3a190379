"""What became of one article's page: where its text is from, what was cut, what changed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from tasks.extraction.revision import text_diff
from warehouse.query import read_published

_ARTICLE = (
    "SELECT article_id, canonical_url, title, extractor, extractor_rule, "
    "extractor_version FROM articles WHERE ? IN (canonical_url, url) "
    "ORDER BY article_id LIMIT 1"
)
_CUTS = (
    "SELECT (cut->>'paragraph')::INTEGER, cut->>'reason', cut->>'rule_id', cut->>'text' "
    "FROM (SELECT unnest((details->'removals')::JSON[]) AS cut FROM core.article "
    "WHERE article_id = ?)"
)
_REVISIONS = (
    "SELECT recorded_at, extractor_version, text_sha256, text FROM article_revisions "
    "WHERE article_id = ? ORDER BY recorded_at, text_sha256"
)
_DROPPED = "(dropped by the retention setting)"


@dataclass(frozen=True, slots=True)
class Cut:
    """Something of the page that is not in the text."""

    paragraph: int  # of the text, that it stood before
    reason: str
    rule_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A text the article had, and how it differs from the one before."""

    recorded_at: datetime
    extractor_version: str
    text_sha256: str
    diff: str | None  # None: one of the two texts was dropped


@dataclass(frozen=True, slots=True)
class History:
    """An article for its editor."""

    article: dict[str, Any]
    cuts: list[Cut]
    revisions: list[Revision]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for --json."""
        return asdict(self)

    def show(self, out: Console) -> None:
        """Print it for a person."""
        for name, value in self.article.items():
            _say(out, f"{name:<18}{value}")
        out.rule(f"cut from the page: {len(self.cuts)}", align="left")
        for cut in self.cuts:
            _say(out, f"before {cut.paragraph:>3}  {cut.reason}  {cut.rule_id}")
            _say(out, f"            {cut.text or _DROPPED}")
        for revision in self.revisions:
            out.rule(
                f"{revision.recorded_at}  {revision.text_sha256[:12]}", align="left"
            )
            for line in (_DROPPED if revision.diff is None else revision.diff).split(
                "\n"
            ):
                _say(out, line)


def history_of(path: Path, url: str) -> History | None:
    """Return what became of the page at `url`; None if no article has that address."""
    found = read_published(path, _ARTICLE, [url]).dicts()
    if not found:
        return None
    key = [found[0]["article_id"]]
    cuts = [Cut(*row) for row in read_published(path, _CUTS, key).rows]
    revisions, before = [], ""
    for moment, version, sha256, text in read_published(path, _REVISIONS, key).rows:
        known = None if text is None or before is None else text_diff(before, text)
        revisions.append(Revision(moment, version, sha256, known))
        before = text
    return History(found[0], cuts, revisions)


def _say(out: Console, line: str) -> None:
    """Print one line as it is: nothing in it may move the cursor or be markup."""
    printable = "".join(c if c.isprintable() else " " for c in line)
    out.print(escape(printable), soft_wrap=True, highlight=False)
