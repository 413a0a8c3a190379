"""One name, one place in a document: mentions of a name share what one of them knows best."""

from collections.abc import Mapping

from tasks.geoparsing.mentions import Mention, SentenceTokens


def unify(
    mentions: list[tuple[SentenceTokens, Mention]], hints: Mapping[int, str]
) -> None:
    """One name, one place in a document, unless its own container says otherwise.

    'Kunduz province' beside 'Kunduz' is a second name: the region is not the town.
    """
    best: dict[tuple[str, bool], Mention] = {}
    keys = [(m, (m.key, hints[id(m)] == "admin")) for _, m in mentions]
    for mention, key in keys:
        rival = best.get(key)
        if rival is None or mention.score > rival.score:
            best[key] = mention
    for mention, key in keys:
        leader = best[key]
        twin = best.get((mention.key, not key[1]))
        if twin is not None and twin.score > leader.score and _parted(twin, leader):
            leader = twin  # town and region of a name lie in one country
        if mention.container is None and leader.chosen in mention.candidates:
            mention.chosen, mention.score = leader.chosen, leader.score


def _parted(one: Mention, other: Mention) -> bool:
    places = one.chosen, other.chosen
    return None not in places and len({p.country for p in places if p}) > 1
