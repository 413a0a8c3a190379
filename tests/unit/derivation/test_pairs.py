"""A pair is judged the same from both ends, whatever the texts are."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.derivation.credits import drawn_from, issued_by
from tasks.derivation.pairs import judge
from tasks.derivation.profile import profile
from tests.unit.derivation.texts import WIRE, bomb_report, record

ODD = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*WIRE, *bomb_report()]), max_size=6).map("\n\n".join),
    st.sampled_from([w.upper() for w in WIRE] + [w.lower() for w in WIRE]),
)


@settings(max_examples=120, deadline=None)
@given(ODD, ODD, st.integers(0, 300))
@example("\x00\ud7ff", "(AFP) - (AFP) -", 0)
def test_the_judgement_does_not_depend_on_which_text_comes_first(
    one: str, two: str, hours: int
) -> None:
    a = profile(record("a", [one], title=""))
    b = profile(record("b", [two], title="", hours=hours))
    assert judge(a, b) == judge(b, a)
    pair = judge(a, b).pair
    if pair is not None:
        assert (pair.parent_id, pair.child_id) == ("a", "b")
        assert 0 <= pair.similarity <= pair.containment <= 1
        assert 0 < pair.score <= 1


def test_an_agency_at_the_head_issues_the_text() -> None:
    assert "rna" in issued_by(profile(record("a")))


def test_an_agency_somebody_told_is_drawn_from_and_did_not_issue() -> None:
    text = profile(record("a", ["A councillor told AFP that two camps had fallen."]))
    assert (issued_by(text), drawn_from(text)) == (frozenset(), frozenset({"afp"}))


def test_an_agency_at_the_foot_issues_the_text() -> None:
    text = profile(record("a", ["Two camps fell in the north on Sunday. - LWA"]))
    assert "lwa" in issued_by(text)


def test_the_stored_credit_is_known_under_its_short_name() -> None:
    text = profile(record("a", bomb_report(), credit="Agence France-Presse"))
    assert issued_by(text) == frozenset({"afp"})
