"""What an answer that is not a usable 200 means: the reason code, and bot challenges. Pure."""

import re

from tasks.model.feeds import FetchedResponse
from tasks.model.reasons import PollReason

_STATUS = {
    304: PollReason.NOT_MODIFIED,
    401: PollReason.UNAUTHORIZED,
    403: PollReason.FORBIDDEN,
    404: PollReason.NOT_FOUND,
    410: PollReason.GONE,
    429: PollReason.RATE_LIMITED,
}
_CLASSES = {4: PollReason.CLIENT_ERROR, 5: PollReason.SERVER_ERROR}
_OTHER = PollReason.UNEXPECTED_STATUS
# Marks of challenge pages, all of them on pages no publisher writes. Read in the first
# 20 kB only, and never on a body that is a feed.
_CHALLENGE = re.compile(
    rb"<title>\s*(?:just a moment|attention required!|access denied|ddos-guard|"
    rb"are you a robot|one moment, please|checking your browser|robot check|"
    rb"verifying you are human|bot verification|pardon our interruption)|"
    rb"cf-browser-verification|cf[-_]chl[-_]|/cdn-cgi/challenge-platform/|"
    rb"_incapsula_resource|px-captcha|datadome|sucuri_cloudproxy|awswafcookiedomainlist|"
    rb"g-recaptcha|h-captcha|cf-turnstile|anubis_challenge",
    re.IGNORECASE,
)
_FEED_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:|urlset|sitemapindex)|\s*\{"
)


def reason_of(response: FetchedResponse) -> PollReason | None:
    """Return why an answer is not a document; None for a 200 that may be one."""
    status = response.status
    if status != 304 and is_bot_challenge(response):
        return PollReason.BOT_CHALLENGE
    if status == 200:
        return None
    return _STATUS.get(status) or _CLASSES.get(status // 100, _OTHER)


def is_bot_challenge(response: FetchedResponse) -> bool:
    """Tell whether the answer asks for proof of a human; we classify it and stay away."""
    if response.header("cf-mitigated") == "challenge":
        return True
    if response.header("x-datadome") and response.status == 403:
        return True
    if response.status not in {200, 202, 401, 403, 405, 429, 503}:
        return False
    start = response.body[:20_000]
    return not _FEED_START.match(start) and _is_challenge_page(start, response)


def _is_challenge_page(start: bytes, response: FetchedResponse) -> bool:
    # A real article may carry a captcha in its comment form: on a 200 the page must
    # also be too small to hold an article.
    if response.status == 200 and len(response.body) > 15_000:
        return False
    return _CHALLENGE.search(start) is not None
