"""Values of the toll reader: a figure, of whom, on whose word, and how it counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TollMention:
    """One figure in the text. low None: no floor ('up to 30'); high None: open upward."""

    start: int
    end: int
    count_text: str  # the words of the figure: 'at least 12 soldiers'
    low: int | None
    high: int | None
    kind: str  # 'killed' | 'wounded' | 'missing' | 'captured' | 'none_killed' | ...
    of: str | None = None  # noun as written
    victims: str | None = None  # class: civilians | state | armed | people | attacker
    claimant: str | None = None  # None: the report itself
    claimant_start: int | None = None
    claimant_end: int | None = None
    claimant_kind: str | None = None
    sentence: int = 0
    is_firm: bool = True  # a number, not a vague word
    is_total: bool = False  # 'brought the toll to', 'N people were killed in all'
    is_part: bool = False  # after 'including', 'among them'
    is_update: bool = False  # replaces earlier figures of the same text
    is_historical: bool = False  # another year's, another war's
    is_hypothetical: bool = False
    is_minimum: bool = False  # 'at least 12', 'more than 12'
    group: int = 0  # figures conjoined in one predicate share a group
    place_hint: str | None = None  # 'in Kano': the scope words after the figure
    trigger_start: int = 0  # the word that makes it a toll: 'killed', 'bodies'
    trigger_end: int = 0
    is_denied: bool = False
    is_attackers_own: bool = False  # 'including the bomber', 'killing himself'
