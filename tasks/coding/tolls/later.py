"""Deaths among those first counted as hurt: besides the dead told before, never part of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tasks.coding.tolls.model import TollMention

_OF_HURT = re.compile(
    r" ?of (?:the|those|its|their) (?:[a-z]+ )?(?:wounded|injured|hurt)\b"
)
_OF_WHOM = re.compile(r"\bof (?:whom|them)$")


def with_later_deaths(
    folded: str, found: Iterable[TollMention]
) -> Iterator[TollMention]:
    """Mark 'one of whom later died' after the hurt as more dead, after the dead as part.

    'Two of the wounded died' adds to the dead wherever it stands. 'A figure of 17' is a
    toll where the dead were spoken of last.
    """
    before: str | None = None
    totalled = -1  # the sentence that told a whole last
    for mention in found:
        told = mention
        if folded.startswith("figure", mention.trigger_start) and before != "killed":
            continue  # 'put the figure at 17': of the taken, the hurt, the money
        if mention.kind == "killed":
            if _OF_HURT.match(folded, mention.start + len(_number(mention))):
                whole = mention.sentence == totalled  # 'has risen to 12, as one of …'
                told = replace(mention, is_more=not whole, is_part=whole)
            elif _OF_WHOM.search(mention.count_text.lower()):
                told = replace(
                    mention, is_more=before == "wounded", is_part=before == "killed"
                )
        before = mention.kind
        totalled = mention.sentence if mention.is_total else totalled
        yield told


def _number(mention: TollMention) -> str:
    """The words of the figure before its 'of'."""
    return mention.count_text.lower().split(" of")[0]
