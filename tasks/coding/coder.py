"""The event coder: a document in, its coded events, exclusions and reasons out."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tasks.coding.dates.resolve import DateContext, zone_of
from tasks.coding.garbage import collected_later
from tasks.coding.mentions import VERSION, MentionBuilder, Parsed, country_of
from tasks.coding.packs.render import render_document
from tasks.coding.packs.restore import restore
from tasks.coding.packs.tables import WORKING, languages, load_pack
from tasks.coding.reading.document import MAX_CODED_CHARS, View, read_document
from tasks.coding.reading.gate import (
    count_domains,
    domain_reason,
    early_reason,
    empty_reason,
    is_denied,
    quick_reason,
    weigh,
)
from tasks.coding.reading.inserts import with_inserts
from tasks.coding.reading.lexicon import Lexicon, Match, load_lexicon, spaced
from tasks.coding.reading.placing import NoPlaceFinder, PlaceFinder
from tasks.coding.reading.triggers import find_triggers
from tasks.coding.roles.roles import fill_roles
from tasks.coding.sides.votes import count_votes
from tasks.coding.stories.abstention import abstaining
from tasks.coding.stories.exclusions import exclusions
from tasks.coding.stories.grouping import group
from tasks.coding.stories.reports import Report, is_old, make_reports
from tasks.coding.stories.status import status_of
from tasks.coding.stories.story import Story
from tasks.coding.stories.support import Support, is_in_capitals
from tasks.model.articles import Reject
from tasks.model.coding import CodedArticle, Document, Exclusion
from tasks.model.reasons import RejectReason, Stage
from tasks.reference.actors import ActorBook, load_actors
from tasks.settings import Settings
from tasks.text.fold import fold
from tasks.text.language import detect_language

__all__ = ["LANGUAGES", "VERSION", "Coder"]

LANGUAGES = languages()
_WORTH_READING = 2  # strength of a trigger without which a text holds no event


class Coder:
    """Codes documents; read-only after load, so one coder serves a whole process."""

    def __init__(
        self,
        book: ActorBook,
        finder: PlaceFinder,
        lexicon: Lexicon,
        min_confidence: float = 0.0,
        support: type[Support] = Support,
    ) -> None:
        """Take the tables; `support` weighs the stories, training takes note of them."""
        self._min_confidence = min_confidence
        self._support = support
        self._book = book
        self._finder = finder
        self._lexicon = lexicon

    @classmethod
    def load(cls, reference_dir: Path, min_confidence: float | None = None) -> "Coder":
        """Return a coder over the gazetteer in `reference_dir` (built there if absent).

        It abstains from events below `min_confidence`; None: the default of the settings.
        """
        from tasks.geoparsing.resolve import Geoparser
        from tasks.reference.build import ensure_gazetteer
        from tasks.reference.gazetteer import open_gazetteer

        finder = Geoparser(open_gazetteer(ensure_gazetteer(reference_dir)))
        if min_confidence is None:
            min_confidence = Settings.model_fields["min_confidence"].default
        coder = cls(load_actors(), finder, load_lexicon(), min_confidence)
        gc.freeze()  # tables live as long as the process: the collector need not walk them
        return coder

    def weighing(self, support: type[Support]) -> "Coder":
        """Return this coder with other weights of stories."""
        return Coder(
            self._book, self._finder, self._lexicon, self._min_confidence, support
        )

    @classmethod
    def without_places(cls) -> "Coder":
        """Return a coder without a gazetteer: events without coordinates."""
        return cls(load_actors(), NoPlaceFinder(), load_lexicon())

    def code(self, document: Document) -> CodedArticle:
        """Return the article's events, or the reason why there is none. Pure."""
        with collected_later():
            return self._code(document)

    def _code(self, document: Document) -> CodedArticle:
        """Code a document of any language."""
        language = _language_of(document)
        if language not in LANGUAGES:
            return _rejected(document, RejectReason.LANGUAGE_UNSUPPORTED, language)
        if len(document.text) > MAX_CODED_CHARS:
            document = replace(document, text=document.text[:MAX_CODED_CHARS])
        document = with_inserts(document, language)
        if language == WORKING:
            return self._code_working(document)
        read, way = render_document(load_pack(language), document)
        return restore(self._code_working(read), document, way)

    def _code_working(self, document: Document) -> CodedArticle:
        """Code a document of the language the rules are written in."""
        matches = self._lexicon.all_matches(spaced(fold(document.text)))
        if not any(f.strength >= _WORTH_READING for m in matches for f in m.forms):
            return _rejected(document, quick_reason(document, matches))
        coded = _code_parsed(document, self._parse(document, matches), self._support)
        if is_in_capitals(document.text):
            return coded  # the relevance head alone decides: see Support.weighed
        return abstaining(coded, document.url, self._min_confidence)

    def _parse(self, document: Document, matches: list[Match]) -> Parsed:
        places = self._finder.parse(document)
        country = places.country
        context = DateContext(document.published_at, zone_of(country))
        reading = read_document(document, matches, self._book, context, country)
        find_triggers(reading)
        told = [
            (filled, status_of(reading, view, filled.trigger), view)
            for view in reading.views
            if view.triggers and not _is_insert(document, view)
            for filled in fill_roles(reading, view)
        ]
        return Parsed(reading, places, told)


def _language_of(document: Document) -> str:
    """Return the language as given, else as the text shows it; 'undecided' if neither."""
    given = document.language or detect_language(document.text)[0] or "undecided"
    return given.replace("_", "-").split("-")[0].lower()


def _is_insert(document: Document, view: View) -> bool:
    return any(
        start <= view.sentence.start < end for start, end, _ in document.excluded_spans
    )


def _code_parsed(
    document: Document, parsed: Parsed, support: type[Support]
) -> CodedArticle:
    reading = parsed.reading
    domains = count_domains(reading)
    reports, told = make_reports(reading, parsed.places, parsed.told)
    excluded = exclusions(reading, told)
    early = early_reason(reading)
    if early is not None:
        return _rejected(document, early, "", excluded)
    stories = [s for s in group(reports) if not is_old(reading, s.dated)]
    if not stories or is_denied(told, stories):
        return _rejected(document, empty_reason(told, domains), "", excluded)
    ballots = [count_votes(s, country_of(s, parsed.places)) for s in stories]
    reason = domain_reason(stories[0], ballots[0], domains, document.section)
    if reason is not None:
        return _rejected(document, reason, "", excluded)
    builder = MentionBuilder(document, parsed, stories, _left_over(reports, stories))
    weigher = support(reading, stories, told, domains)
    mentions = tuple(
        weigher.weighed(builder.build(number, story, ballot), story)
        for number, (story, ballot) in enumerate(zip(stories, ballots, strict=True))
    )
    frame = max(dict(m.field_confidence)["event"] for m in mentions)
    verdict = weigh(document, frame)
    if not verdict.relevant:
        named = verdict.reject_reason or RejectReason.NO_EVENT
        return _rejected(document, named, f"score={verdict.score:.2f}", excluded)
    return CodedArticle(
        document.article_id,
        True,
        verdict.score,
        mentions,
        excluded,
        coder_version=VERSION,
    )


def _left_over(reports: Sequence[Report], stories: Sequence[Story]) -> list[Report]:
    """Return what is told of no story: an older event, another town's, a running total."""
    kept = {id(r) for s in stories for r in s.reports}
    return [r for r in reports if id(r) not in kept and r.is_placed_here]


def _rejected(
    document: Document,
    reason: RejectReason,
    detail: str = "",
    excluded: tuple[Exclusion, ...] = (),
) -> CodedArticle:
    reject = Reject(
        Stage.CODING,
        reason,
        url=document.url,
        article_id=document.article_id,
        detail=detail,
    )
    return CodedArticle(
        document.article_id, False, 0.0, (), excluded, reject, coder_version=VERSION
    )
