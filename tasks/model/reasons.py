"""Closed vocabularies of reasons: each is stored in a table, so health is a query."""

from enum import StrEnum


class PollReason(StrEnum):
    """Outcome of one feed poll (feed_polls.reason)."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    SAME_BODY = "same_body"  # 200, but byte-identical to the last body
    EMPTY = "empty"  # parses, zero items
    NOT_A_FEED = "not_a_feed"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"  # downgrade from https, other scheme, refused target
    REFUSED_ADDRESS = (
        "refused_address"  # private, loopback, link-local, ... (SSRF guard)
    )
    BAD_URL = "bad_url"
    DNS = "dns"
    TLS = "tls"
    CONNECT = "connect"
    READ_TIMEOUT = "read_timeout"
    TOTAL_TIMEOUT = "total_timeout"
    PROTOCOL = "protocol"  # malformed HTTP, bad content encoding, oversized headers
    DECOMPRESSION_BOMB = "decompression_bomb"
    UNAUTHORIZED = "http_401"
    FORBIDDEN = "http_403"
    NOT_FOUND = "http_404"
    GONE = "http_410"
    RATE_LIMITED = "http_429"
    CLIENT_ERROR = "http_4xx"
    SERVER_ERROR = "http_5xx"
    BOT_CHALLENGE = "bot_challenge"
    ROBOTS = "robots_disallow"  # articles only
    UNEXPECTED_STATUS = "http_other"


class RejectReason(StrEnum):
    """Why an item, page or article was not coded (rejects.reason); CODEBOOK 2 and more."""

    # CODEBOOK 2
    HISTORICAL = "historical"
    COURT = "court"
    OPINION = "opinion"
    SPORT = "sport"
    CULTURE = "culture"
    EXERCISE = "exercise"
    ACCIDENT = "accident"
    CRIME_ORDINARY = "crime_ordinary"
    DIPLOMACY = "diplomacy"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    INDEX_PAGE = "index_page"
    NO_EVENT = "no_event"
    LANGUAGE_UNSUPPORTED = "language_unsupported"
    NO_BODY = "no_body"
    # before coding
    FETCH_FAILED = "fetch_failed"  # detail carries the PollReason
    ROBOTS = "robots_disallow"
    NOT_HTML = "not_html"
    TOO_LARGE = "too_large"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent_wall"
    BOT_CHALLENGE = "bot_challenge"
    GALLERY = "gallery"
    LIVE_BLOG = "live_blog"
    VIDEO_PAGE = "video_page"
    BAD_ENCODING = "bad_encoding"
    PAGE_TRAP = "page_trap"  # time, depth or memory bound of one page exceeded
    BAD_ITEM = "bad_item"  # a feed entry without a usable URL
    CODER_ERROR = "coder_error"  # a bug on one text: loud, but the batch goes on
    ABSTAINED = "abstained"  # an event frame below the confidence threshold
    EXTRACTOR_ERROR = "extractor_error"  # a bug on one page: loud, the batch goes on


class Stage(StrEnum):
    """Where something was rejected (rejects.stage)."""

    POLLING = "polling"
    RETRIEVAL = "retrieval"
    EXTRACTION = "extraction"
    CLASSIFICATION = "classification"
    CODING = "coding"
