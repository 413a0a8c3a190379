"""Values of the toll reader: a figure, of whom, on whose word, and how it counts."""

from dataclasses import dataclass

from tasks.model.quick import quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class TollMention:
    """One figure in the text. low None: no floor ('up to 30'); high None: open upward."""

    start: int
    end: int
    count_text: str  # the words of the figure: 'at least 12 soldiers'
    low: int | None
    high: int | None
    kind: str  # 'killed' | 'wounded' | 'missing' | 'captured' | 'none_killed' | 'casualties'
    of: str | None = None  # head noun, folded
    victims: str | None = (
        None  # class: civilians | state | armed | people; None: unknown
    )
    claimant: str | None = None  # None: the report itself
    claimant_start: int | None = None
    claimant_end: int | None = None
    claimant_kind: str | None = None
    sentence: int = 0
    is_firm: bool = True  # a number, not a vague word
    is_counted: bool = True  # False: 'soldiers', 'his driver', a name
    is_named: bool = False  # a name or pronoun stands where the figure would
    is_total: bool = False  # a toll: 'brought the toll to 19'
    is_part: bool = False  # after 'including', 'among them'
    is_update: bool = False  # replaces earlier figures of the same text
    is_more: bool = False  # 'another two': besides those already counted
    is_minimum: bool = False  # 'at least 12', 'more than 12'
    is_historical: bool = False  # the sentence speaks of another year, another war
    is_hypothetical: bool = False
    is_denied: bool = False
    is_accident: bool = False  # the sentence tells a crash or a natural disaster
    group: int = 0  # figures of one predicate share a group
    trigger_start: int = 0  # the word that makes it a toll: 'killed', 'bodies'
    trigger_end: int = 0
    is_loss: bool = False  # 'lost four men': those of whoever speaks
