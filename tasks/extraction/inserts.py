"""Cuts what publishers insert between paragraphs, line by line and inside lines.

The wordings are data (inserts.toml); this module knows only their shapes. A line that
reports something stays, whatever words it contains.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tasks.extraction.insert_rules import insert_rules
from tasks.extraction.page import paragraph_key
from tasks.model.articles import Removal
from tasks.text.fold import fold

_HEADLINE = 250  # longest line that can be an insert with one headline
_LIST = 600  # longest line that can be a list of headlines
_CONTACT = 350
_SHORT = 200  # longest line that can speak to the reader
_LABEL = 60  # a separator later than this does not end a label

_OPENER_REASON = {"short": "share_bar"}

_WORD = re.compile(r"[^\W\d_]+")
_LEADING = re.compile(r"^[\W_]+")
_SEPARATOR = re.compile(r"\s*(?::|\||>|»|→|\s-\s)\s*")
# What a slower pattern cannot do without.
_MARK_OF_SEPARATOR = re.compile(r"[:|>»→-]")
_MARK_OF_BARS = re.compile(r"[|·•]")
_MARK_OF_COUNT = re.compile(r"[\d(]")
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.!?؟。][\"')\]]*$")
_TWO_SENTENCES = re.compile(r"[a-z\d)\"'][.!?؟] +\S")
_BARS = re.compile(r"\s[|·•]\s")
_ALSO_ELSEWHERE = re.compile(
    r"(?:also|more|more news|read more|more stories|see more|plus)\s"
    r"(?:in|on|from|about|at|by)\s[^:|]{1,40}[:|]|most read in .{1,30}$"
)
_COMMENT_COUNT = re.compile(
    r"\(?\d[\d.,]{0,9}\)?\s(?:comments?|commentaires?|comentarios?|kommentare|yorum|"
    r"комментари\w{0,3}|تعليقا?ت?)\b|(?:comments?|commentaires|comentarios|kommentare)\s?\(\d|"
    r".{0,60}\b\d{1,6} comments?\.?$|join the (?:conversation|discussion)\s?\("
)
_CONTACT_LINE = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z.]{2,20}\b|\bfollow (?:him|her|them|me|us|@?[\w ]{3,40}) on\b|"
    r"\bcan be reached (?:at|on|by)\b|^contact (?:reporter|the reporter)|@[a-z0-9_]{3,30}\.?$|"
    r"^[\W_]*(?:follow|suivez|siga|sigue) [@\w ]{2,40} (?:on|en|sur) "
)
_TIMESTAMP = re.compile(
    r"(?:(?:published|updated|posted|last updated|modified|publie|mis a jour|publicado|"
    r"actualizado|veroffentlicht|aktualisiert|on|le|el)\b[^a-z]{0,3}.{0,50}?)?"
    r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?\(?(?:gmt|utc|bst|est|edt|pt|et|cet|eat|wat|cat|ist)[+\d:]{0,6}\)?)?"
)
_DATE_LINE = re.compile(
    r"(?:published|updated|posted|last updated|last modified|publie le|mis a jour|"
    r"publicado|actualizado|veroffentlicht|aktualisiert|stand)\b[^.]{0,60}\d{4}.{0,30}$"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as the rules see it."""

    text: str
    folded: str  # same length as text
    bare: str  # folded, without leading marks

    @property
    def reports(self) -> bool:
        """Whether the line tells of something that happened or was said."""
        return not insert_rules().keep.isdisjoint(_WORD.findall(self.bare))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs that stayed, and what was cut before or in which of them."""

    paragraphs: tuple[str, ...]
    removals: tuple[Removal, ...]


def cut_inserts(
    paragraphs: Iterable[str],
    *,
    linked: Collection[str] = frozenset(),
    captions: Collection[str] = frozenset(),
) -> Cleaned:
    """Return the paragraphs without inserts.

    linked: starts (paragraph_key) of lines that are one link and nothing else.
    captions: caption texts the page or feed declares as such.
    """
    kept: list[str] = []
    removals: list[Removal] = []
    after_label = False  # a lone "Read also" announces the linked lines after it
    for text in paragraphs:
        reason, rule = _reason(text, linked, captions, after_label)
        if reason is not None:
            removals.append(Removal(text[:2000], reason, len(kept), rule))
            after_label = reason in ("read_also", "related_list")
            continue
        after_label = False
        cleaned, inside = _cut_inline(text, len(kept))
        removals.extend(inside)
        if cleaned:
            kept.append(cleaned)
    while kept and _ends_in_links(kept[-1], linked):
        removals.append(Removal(kept.pop(), "related_list", len(kept), "tail:linked"))
    while kept and _is_contact(kept[-1]) and len(kept) > 1:
        removals.append(Removal(kept.pop(), "author", len(kept), "tail:contact"))
    return Cleaned(tuple(kept), tuple(removals))


def _ends_in_links(text: str, linked: Collection[str]) -> bool:
    bare = text.removeprefix("- ")
    return paragraph_key(bare) in linked and not _SENTENCE_END.search(bare)


def _is_contact(text: str) -> bool:
    """Find "Name is a reporter. Email: name@paper.example. Follow her on X"."""
    folded = fold(text)
    return len(text) < _CONTACT and bool(_CONTACT_LINE.search(folded))


def _reason(
    text: str, linked: Collection[str], captions: Collection[str], after_label: bool
) -> tuple[str | None, str]:
    if len(text) > _LIST:
        return None, ""
    if text in captions:
        return "caption", "line:declared-caption"
    folded = fold(text)
    line = _Line(text, folded, _LEADING.sub("", folded))
    for name, rule in _LINE_RULES:
        reason = rule(line)
        if reason is not None:
            return reason, f"line:{name}"
    if paragraph_key(text) in linked and not _SENTENCE_END.search(text):
        if after_label:
            return "read_also", "line:linked-after-label"
        return "read_also", "line:linked"
    return None, ""


def _by_label(line: _Line) -> str | None:
    labels = insert_rules().labels
    alone = line.bare.rstrip(" .:|>»→-)]…")
    if alone in labels:
        return labels[alone]
    if not _MARK_OF_SEPARATOR.search(line.bare, 0, _LABEL + 3):
        return None
    for separator in list(_SEPARATOR.finditer(line.bare, 0, _LABEL + 3))[:3]:
        head = line.bare[: separator.start()].rstrip(" -")
        reason = labels.get(head) or labels.get(head.rpartition("/")[2].strip())
        if reason is None:
            continue
        rest = line.bare[separator.end() :]
        if reason == "caption" or _is_headline(rest) or _BARS.search(rest):
            return reason
    return None


def _by_capital_label(line: _Line) -> str | None:
    """Find "READ ALSO Two killed in shelling": capitals stand for the separator."""
    words = line.text.lstrip("([*•→►▶ ")[:40].split()
    for count in (3, 2):
        label = " ".join(words[:count])
        if label.isupper() and _is_headline(line.bare):
            reason = insert_rules().labels.get(fold(label))
            if reason is not None:
                return reason
    return None


def _is_headline(rest: str) -> bool:
    """Headlines end without a full stop; a bracket may close after one."""
    if len(rest) > _HEADLINE:
        return False
    bare = rest.rstrip(")]\"' ")
    return len(rest) <= 40 or not bare.endswith(".")


def _by_list(line: _Line) -> str | None:
    """Find "Also on Monitor: ..." and "Judicial: Capture in port | Trader speaks"."""
    if line.text.startswith("|"):
        return None  # a row of a table
    if _ALSO_ELSEWHERE.match(line.bare) and not _TWO_SENTENCES.search(line.bare):
        return "related_list"
    if not _MARK_OF_BARS.search(line.bare):
        return None
    items = [item for item in _BARS.split(line.bare) if item]
    if len(items) < 2 or any(_SENTENCE_END.search(i) for i in items if len(i) > 60):
        return None
    if sum(":" in item for item in items) >= 2:
        return None  # "Date: Saturday | Time: 15:30" tells something
    return "share_bar" if max(map(len, items)) < 25 else "related_list"


def _by_opener(line: _Line) -> str | None:
    if len(line.bare) > _SHORT:
        return None
    is_sentence = len(line.bare) > 45 or bool(_SENTENCE_END.search(line.bare))
    for reason, openers in insert_rules().openers:
        if reason == "short" and is_sentence:
            continue
        if line.folded.startswith(openers) or line.bare.startswith(openers):
            return None if line.reports else _OPENER_REASON.get(reason, reason)
    return None


def _by_phrase(line: _Line) -> str | None:
    if len(line.bare) > _SHORT or '"' in line.folded:
        return None
    found = insert_rules().phrases.find_matches_as_indexes(line.folded)
    if not found or line.reports:
        return None
    return insert_rules().phrase_reasons[found[0][0]]


def _by_comment_count(line: _Line) -> str | None:
    if len(line.bare) > _SHORT or not _MARK_OF_COUNT.search(line.folded):
        return None
    return "comments" if _COMMENT_COUNT.match(line.folded) else None


def _by_caption(line: _Line) -> str | None:
    if len(line.folded) > 300:
        return None
    rules = insert_rules()
    if rules.caption_tail.search(line.folded):
        return "caption"
    is_short = len(line.folded) < _SHORT
    starts = is_short and rules.caption_start.match(line.bare)
    return "caption" if starts else None


def _by_time(line: _Line) -> str | None:
    if len(line.bare) > 110:
        return None
    if _DATE_LINE.match(line.bare):
        return "timestamp"
    match = _TIMESTAMP.match(line.bare)
    return "timestamp" if match and len(line.bare) - match.end() < 12 else None


def _by_sale(line: _Line) -> str | None:
    if len(line.bare) > 110:
        return None
    if _DIGIT.search(line.bare) and insert_rules().prices.search(line.bare):
        return None if line.reports else "advertisement"
    words = _WORD.findall(line.bare)
    if _SENTENCE_END.search(line.bare) or len(words) < 3:
        return None
    sells = not insert_rules().commerce.isdisjoint(words)
    return "advertisement" if sells and not line.reports else None


_LINE_RULES = (
    ("label", _by_label),
    ("capital-label", _by_capital_label),
    ("list", _by_list),
    ("comment-count", _by_comment_count),
    ("opener", _by_opener),
    ("phrase", _by_phrase),
    ("caption", _by_caption),
    ("time", _by_time),
    ("sale", _by_sale),
)


def _cut_inline(text: str, paragraph: int) -> tuple[str, list[Removal]]:
    """Return the text without "(Read also: ...)" and what was cut."""
    if "(" not in text and "[" not in text:
        return text, []
    spans = list(_inline_spans(text))
    if not spans:
        return text, []
    parts, end, found = [], 0, []
    for start, stop in spans:
        parts.append(text[end:start])
        found.append(Removal(text[start:stop], "read_also", paragraph, "inline:label"))
        end = stop
    parts.append(text[end:])
    return " ".join(" ".join(parts).split()), found


def _inline_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in insert_rules().inline.finditer(fold(text)):
        yield match.span()
