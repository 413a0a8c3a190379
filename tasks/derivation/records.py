"""The facts of an article that derivation needs, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tasks.model.articles import Article, ArticleLineage, Mutation


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One text to place in a family; `text` = title, blank line, paragraphs."""

    article_id: str
    canonical_url: str
    publisher: str
    title: str
    text: str
    published_at: datetime | None  # None: unknown
    first_seen_at: datetime
    language: str | None = None
    wire_credit: str | None = None
    source_publisher: str | None = None  # RSS <source>

    @property
    def moment(self) -> datetime:
        """When the text came out as far as known; arrival decides only without a date."""
        return self.published_at or self.first_seen_at

    @property
    def order(self) -> tuple[datetime, str]:
        """Publication order, ties by canonical URL: independent of arrival."""
        return (self.moment, self.canonical_url)


class TextBand(NamedTuple):
    """One key under which a text can be found again (a row of core.text_band)."""

    article_id: str
    kind: int  # 0-31 MinHash band, 32 sampled shingle, 33 rare name
    key: int  # unsigned 64 bits
    day: int  # days since 1970-01-01 of the text's moment


@dataclass(frozen=True, slots=True, eq=False)
class TextBands:
    """The keys of many texts in columns: a text has about fifty."""

    article_ids: tuple[str, ...]
    days: tuple[int, ...]
    owners: npt.NDArray[np.int64]  # of each key: the number of its text above
    kinds: npt.NDArray[np.int8]
    keys: npt.NDArray[np.uint64]

    def __iter__(self) -> Iterator[TextBand]:
        """Yield the keys one by one."""
        columns = (self.owners.tolist(), self.kinds.tolist(), self.keys.tolist())
        for text, kind, key in zip(*columns, strict=True):
            yield TextBand(self.article_ids[text], kind, key, self.days[text])


@dataclass(frozen=True, slots=True)
class StoredLineage:
    """A stored row of article_lineage with what orders its article among others."""

    lineage: ArticleLineage
    canonical_url: str
    moment: datetime

    @property
    def order(self) -> tuple[datetime, str]:
        """Publication order, as TextRecord.order."""
        return (self.moment, self.canonical_url)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Stored state around new texts, as derivation.neighbourhood loads it."""

    pairs: tuple[tuple[str, str], ...] = ()  # candidates, smaller article_id first
    records: tuple[TextRecord, ...] = ()  # stored texts that may be compared
    lineage: tuple[StoredLineage, ...] = ()  # every row of the touched families


@dataclass(frozen=True, slots=True)
class TextPair:
    """Two texts judged to be one text in different clothes; parent is the earlier."""

    parent_id: str
    child_id: str
    lineage: str
    similarity: float
    containment: float
    score: float
    signals: tuple[str, ...] = ()
    is_word_for_word: bool = False  # False: the same report in other words


@dataclass(frozen=True, slots=True)
class DerivationResult:
    """Rows to write after a batch.

    lineage: of every new article, and of stored ones whose row changed.
    mutations: replace all stored mutations of the articles named in `rederived`.
    bands: replace all stored bands of the new articles.
    pairs: every related pair found, the evidence behind the lineage.
    """

    bands: TextBands
    lineage: tuple[ArticleLineage, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    rederived: tuple[str, ...] = ()
    pairs: tuple[TextPair, ...] = ()


def text_record(article: Article) -> TextRecord:
    """Return the record of an article."""
    return TextRecord(
        article_id=article.article_id,
        canonical_url=article.canonical_url,
        publisher=article.publisher,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        language=article.language,
        wire_credit=article.wire_credit,
        source_publisher=article.source_publisher,
    )
