"""Permanent redirects: remembered, and believed after repeated confirmation. Pure."""

from dataclasses import replace

from tasks.model.feeds import Feed, FeedState

CONFIRMATIONS = 3  # polls that must see the same 301 or 308 target


def poll_url(feed: Feed, state: FeedState) -> str:
    """Return where to poll: an index's sitemap, the confirmed new address, the configured one."""
    if state.sitemap_child and state.child_polls_left > 0:
        return state.sitemap_child
    if state.moved_to and state.moved_confirmations >= CONFIRMATIONS:
        return state.moved_to
    return feed.feed_url


def after_answer(
    state: FeedState, asked: str, permanent_target: str | None
) -> FeedState:
    """Return the state after a usable answer; 302, 303 and 307 never count."""
    if asked == state.sitemap_child:
        return state  # the feed itself was not asked
    if state.moved_to and asked == state.moved_to:
        if permanent_target is None:
            return state  # the new address answers by itself
        return replace(state, moved_to=permanent_target, moved_confirmations=1)
    if permanent_target is None:
        if state.moved_to is None:
            return state  # by far the most frequent case
        return replace(state, moved_to=None, moved_confirmations=0)
    seen = state.moved_confirmations if permanent_target == state.moved_to else 0
    return replace(state, moved_to=permanent_target, moved_confirmations=seen + 1)


def after_failure(state: FeedState, asked: str) -> FeedState:
    """Return the state after a failure: a new address that fails loses its standing.

    The next poll asks the configured address again, which may have come back.
    """
    if state.moved_to and asked == state.moved_to:
        return replace(state, moved_confirmations=CONFIRMATIONS - 1)
    return state
