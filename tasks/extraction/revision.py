"""What changed between two revisions of an article."""

import difflib


def text_diff(old: str, new: str) -> str:
    """Return a unified diff of two texts by paragraph; "" for equal texts."""
    lines = difflib.unified_diff(
        old.split("\n\n"), new.split("\n\n"), "before", "after", n=1, lineterm=""
    )
    return "\n".join(lines)
