"""Whether a full stop ends a sentence: abbreviations, initials, ordinals."""

import re


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Always followed by a name or a number: a stop after them never ends a sentence.
_TITLES = _words("""gen lt col maj capt cpt sgt cpl pvt brig adm cmdr cdr comdr lieut supt insp asp dsp
    dr mr mrs ms mx prof rev fr hon sen rep gov pres sec amb st ste mt ft no nos art op cf vs
    messrs mme mlle mgr msgr dep det dist dept const hj alh engr pst barr atty sr sra gral
    cnel cmte tte sto sta rt fig pp vol approx est ca nr bde bn bat regt div ltcol
    rtd ret al spc pfc sr adj comr asst addl dy pol hav nk adc kompol ipda iptu akp akbp""")
# End a sentence only when the next word looks like the opening of one.
_MAYBE = _words("""jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
    sun co corp inc ltd plc bros jr etc km kg ave blvd rd hwy govt univ intl mil min max
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont
    neb nev okla ore pa penn tenn tex va vt wash wis wyo""")
_STARTERS = _words("""the a an in on at it its he she they we i but and this that these those there after
    before when while as if for from by with no not one two three four five several some many
    police army officials witnesses residents troops soldiers rebels government according
    earlier later meanwhile however also his her their our what who last since under during
    both all most more at least about local state military security other another
    le la les un une des il elle ils dans selon mais""")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|\d+)$")
_DOTTED = re.compile(r"(?:\b[^\W\d_]\.)+[^\W\d_]$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([^\W_]+)")


def may_end_sentence(text: str, left: int, stop: int, follow: int) -> bool:
    """Tell whether the full stop at `stop` ends a sentence; text[left:stop] is enough context."""
    before = text[left:stop]
    if _DOTTED.search(before):
        return _starts_sentence(text, follow)  # 'U.S.', 'a.m.'
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    last = word.group().lower()
    if len(last) == 1 and last.isalpha():
        return last == "i" and before[-1] == "i"  # an initial: 'J. Mbeki'
    if last in _TITLES:
        return last in {"no", "fig", "op", "art"} and not text[follow].isdigit()
    if last in _MAYBE:
        return not text[follow].isdigit() and (
            _starts_sentence(text, follow) or before.islower()
        )
    return not (last.isdigit() and len(last) <= 2 and stop - left == len(last))


def _starts_sentence(text: str, follow: int) -> bool:
    word = _NEXT_WORD.match(text, follow, follow + 40)
    return word is not None and word.group(1).lower() in _STARTERS
