"""Confidence: calibrated shares, and the threshold below which the coder abstains."""

from dataclasses import replace

import pytest

from benchmarks.reliability import fit
from tasks.coding.coder import Coder
from tasks.coding.stories.abstention import abstaining
from tasks.coding.stories.confidence import calibrated, calibration
from tasks.model.reasons import RejectReason
from tests.unit.coding.coding_texts import document

TEXT = (
    "Gunmen attacked the village of Bankass on Thursday, killing nine farmers.\n\n"
    "Students marched in Mopti on Wednesday against higher fees."
)


def test_the_shares_rise_with_the_points() -> None:
    for steps in calibration().values():
        shares = [share for _, share in steps]
        assert shares == sorted(shares)
        assert all(0 < share < 1 for share in shares)


def test_more_points_never_read_as_less() -> None:
    read = [calibrated("whole", n / 100) for n in range(42, 101)]
    assert read == sorted(read)


def test_points_of_an_unknown_field_are_read_as_they_are() -> None:
    assert calibrated("weather", 0.37) == 0.37


def test_falling_shares_are_pooled() -> None:
    told = [("date", 0.5, True)] * 3 + [("date", 0.9, False)] * 3
    assert fit(told).splitlines()[1:] == ["date\t0.500\t0.500"]


def test_events_below_the_threshold_are_kept_as_exclusions(coder: Coder) -> None:
    coded = coder.code(document(TEXT))
    first = replace(coded.mentions[0], confidence=0.2)
    second = replace(coded.mentions[0], confidence=0.8, primary=False, ordinal=1)
    some = abstaining(replace(coded, mentions=(first, second)), "u", 0.5)
    assert [(m.ordinal, m.primary) for m in some.mentions] == [(1, True)]
    assert [e.why for e in some.excluded].count("abstained") == 1
    none = abstaining(replace(coded, mentions=(first,)), "u", 0.5)
    assert not none.relevant
    assert none.reject is not None
    assert none.reject.reason is RejectReason.ABSTAINED
    assert "0.20" in none.reject.detail
    spans = [e for e in none.excluded if e.rule_id == "R-ABSTAIN"]
    assert [document(TEXT).text[e.start : e.end] for e in spans] == [spans[0].quote]


@pytest.mark.parametrize(("threshold", "coded"), [(0.0, True), (1.0, False)])
def test_the_coder_abstains_below_its_setting(threshold: float, coded: bool) -> None:
    plain = Coder.without_places()
    strict = Coder(plain._book, plain._finder, plain._lexicon, threshold)
    found = strict.code(document(TEXT))
    assert found.relevant is coded
    if not coded:
        assert found.reject is not None
        assert found.reject.reason is RejectReason.ABSTAINED
