"""Markup that needs no cleaning: plain tags, plain attributes, absolute web addresses. Pure."""

import re

_ATTRIBUTE = (
    r"""\s+(?:"""
    r"""(?:href|src)\s*=\s*(?:"https?://[^"<>]*"|'https?://[^'<>]*')|"""
    r"""(?:alt|title|class|id|width|height|align|border|rel|dir|lang|hspace|vspace|"""
    r"""loading|decoding|srcset|sizes|target|cellpadding|cellspacing|valign|colspan|rowspan)"""
    r"""\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))"""
)
_TAG = (
    r"</?(?:p|br|b|i|u|em|strong|a|img|div|span|ul|ol|li|h[1-6]|blockquote|hr|table|"
    r"tbody|thead|tr|td|th|figure|figcaption|center|small|sub|sup|cite|code|pre|dl|dt|dd|q)"
    rf"(?:{_ATTRIBUTE})*\s*/?>"
)
_TIGHT_END = re.compile(r"(?<! )/>")
# Each alternative starts with another character and cannot match the empty string: the
# scan is linear.
_SAFE = re.compile(rf"(?:[^<]+|{_TAG})*\Z", re.IGNORECASE)


def is_safe(markup: str) -> bool:
    """Tell whether markup may be kept as published, without a sanitiser's work."""
    return "<" not in markup or _SAFE.match(markup) is not None


def with_spaced_ends(markup: str) -> str:
    """Return markup with '<br/>' written '<br />', the sanitiser's own spelling."""
    return _TIGHT_END.sub(" />", markup) if "/>" in markup else markup
