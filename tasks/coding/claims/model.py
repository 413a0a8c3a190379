"""Values of the claim reader: who speaks where, and what they stand for."""

from dataclasses import dataclass

from tasks.model.quick import quick_init


@quick_init
@dataclass(frozen=True, slots=True)
class Attribution:
    """A speech act: the speaker's span, the verb's span, and the words it covers."""

    speaker: str | None  # as written; None: passive or unnamed ('reportedly')
    speaker_start: int
    speaker_end: int
    speaker_kind: (
        str | None
    )  # state rebel local_official witness ngo medical monitor media
    verb_start: int
    verb_end: int
    verb_class: str  # claimed confirmed denied reported not_verified
    scope_start: int
    scope_end: int
