"""Small closed classes of English and the questions the coder asks about a clause."""

DETERMINERS = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those",
     "some", "any", "another", "each", "every", "no", "s", "several", "many", "few",
     "more", "least", "most", "two", "three", "four", "five", "six", "seven", "eight",
     "nine", "ten", "dozens", "scores", "hundreds", "deadly", "first", "second", "latest",
     "last", "recent", "new", "fresh", "heavy", "fierce", "intense", "night", "dawn",
     "early", "morning", "major", "brutal", "coordinated", "suspected", "alleged",
     "such", "previous", "similar", "bloody", "violent", "armed", "ground", "surprise",
     "overnight", "renewed", "joint", "military", "deadliest", "day", "worst", "our"}
)  # fmt: skip
AUXILIARIES = frozenset(
    {"was", "were", "been", "being", "be", "is", "are", "get", "got", "gets", "getting"}
)
PERFECT = frozenset({"have", "has", "had", "having", "ve"})
ADVERBS = frozenset(
    {"also", "later", "then", "already", "not", "first", "both", "all", "either", "again",
     "since", "just", "now", "still", "even", "twice", "once", "each", "never", "t", "n",
     "together", "almost", "barely", "only", "too", "there", "themselves", "itself"}
)  # fmt: skip
PREPOSITIONS = frozenset(
    {"in", "of", "at", "on", "near", "from", "with", "against", "for", "to", "between",
     "among", "during", "after", "before", "into", "around", "over", "under", "towards",
     "toward", "across", "about", "inside", "outside", "through", "upon", "amid",
     "despite", "without", "like", "unlike", "beside", "behind", "targeting", "via",
     "alongside", "including", "per", "within", "than"}
)  # fmt: skip
STANDING = frozenset(
    {"held", "controlled", "led", "run", "backed", "ruled", "occupied", "owned", "supported",
     "governed", "dominated", "guarded", "defended", "protected", "inhabited", "populated",
     "used", "accompanied", "escorted", "driven", "followed", "organised", "organized",
     "manned", "armed", "trained", "sponsored", "allied", "commanded", "headed", "funded",
     "monitored", "administered", "worn", "surrounded", "brokered", "mediated", "seen",
     "quoted", "cited", "visited", "treated", "recovered", "found", "published", "released",
     "issued", "posted", "filmed", "shown", "broadcast", "reached"}
)  # fmt: skip
QUANTITIES = frozenset(
    {"hundreds", "thousands", "dozens", "scores", "tens", "group", "groups", "crowd",
     "crowds", "number", "band", "bands", "column", "columns", "mob", "couple", "handful",
     "brigade", "battalion", "unit", "patrol", "contingent", "party", "faction", "squad",
     "gang", "gangs", "members", "elements", "units", "dozen", "hundred", "convoy"}
)  # fmt: skip
PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
SUBORDINATORS = frozenset(
    {"when", "after", "while", "as", "before", "but", "until", "where", "because",
     "although", "whereas", "since", "that", "and", "then", "once", "if", "so"}
)  # fmt: skip
MODALS = frozenset(
    {"will", "would", "could", "may", "might", "shall", "should", "can", "to", "must",
     "ll", "cannot"}
)  # fmt: skip


def is_adverb(word: str) -> bool:
    """Return whether a word may stand between an auxiliary and its verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 3)


def strip_left(words: list[str]) -> list[str]:
    """Return the words with trailing adverbs, auxiliaries and modals taken off."""
    out = list(words)
    while out and (
        is_adverb(out[-1])
        or out[-1] in AUXILIARIES
        or out[-1] in PERFECT
        or out[-1] in MODALS
        or out[-1] in {"did", "do", "does"}
    ):
        out.pop()
    return out


def has_passive_auxiliary(words: list[str]) -> bool:
    """Return whether the words before a participle make it passive."""
    for word in reversed(words):
        if word in AUXILIARIES:
            return True
        if not is_adverb(word):
            return False
    return False
