"""A sitemap index and its newest sitemap, asked in turn: one document a poll. Pure.

The index tells which sitemap changed last; the polls after it ask that sitemap. As soon as
it brings nothing new the index is asked again, and every CHILD_POLLS polls in any case.
"""

from dataclasses import replace

from tasks.model.feeds import FeedState, ParsedFeed

CHILD_POLLS = 8  # a sitemap that was split or replaced is noticed no later


def is_child(state: FeedState, url: str) -> bool:
    """Tell whether this address is the sitemap an index led to."""
    return state.sitemap_child is not None and url == state.sitemap_child


def is_index(state: FeedState, url: str) -> bool:
    """Tell whether this address is known to be the index, to be asked unconditionally."""
    return state.sitemap_child is not None and url != state.sitemap_child


def newest_child(index: ParsedFeed, url: str) -> str | None:
    """Return the most recently changed sitemap of an index found at `url`."""
    return next((child for child in index.child_sitemaps if child != url), None)


def after_index(state: FeedState, child: str) -> FeedState:
    """Return the state after an answer of the index: the next polls ask the child."""
    if child != state.sitemap_child:
        state = replace(state, etag=None, last_modified=None, body_sha256=None)
    return replace(state, sitemap_child=child, child_polls_left=CHILD_POLLS)


def after_child(state: FeedState, url: str, *, brought_news: bool) -> FeedState:
    """Return the state after any answer: without news the index is next."""
    if not is_child(state, url):
        return state
    left = state.child_polls_left - 1 if brought_news else 0
    return replace(state, child_polls_left=max(left, 0))


def after_document(state: FeedState, url: str) -> FeedState:
    """Return the state after a document with items: an index no more, if it was the index."""
    if is_index(state, url):
        return replace(state, sitemap_child=None, child_polls_left=0)
    return state
