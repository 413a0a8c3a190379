"""The relevance gate: head, reasons and their weighing, on texts the head never saw."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.classification.features import NUM_BUCKETS, buckets, cue_sentences
from tasks.classification.model import WEIGHTS_FILE, RelevanceHead, logit, sigmoid
from tasks.classification.reasons import reason_cues, reason_strengths, strongest
from tasks.classification.relevance import Gate, assess, decide
from tasks.model.reasons import RejectReason

MAX_WEIGHTS_BYTES = 2_000_000

REPORTS = [
    ("Gunmen raid mining camp, 11 dead",
     ("Gunmen on motorcycles attacked a mining camp at dawn on Tuesday, killing 11 people and"
     " kidnapping four, the mayor said. Soldiers were sent to the area.")),
    ("Car bomb kills six outside barracks",
     ("A car bomb exploded outside an army barracks on Monday, killing six soldiers and wounding"
     " 20, a military source said. No group has claimed responsibility for the attack.")),
    ("Rebels ambush convoy in the north",
     ("Rebels ambushed a military convoy on Saturday and killed nine soldiers, residents said."
     " The army said it had killed 14 of the attackers.")),
    ("Air strike hits market",
     ("An air strike hit a crowded market on Thursday, killing at least 30 civilians and injuring"
     " dozens, doctors said. Witnesses said two bombs were dropped.")),
]  # fmt: skip

OTHERS = [
    ("Rovers shoot down leaders", RejectReason.SPORT,
     ("Rovers beat the league leaders 3-1 on Saturday, the striker scoring a hat-trick before"
     " half-time. The coach praised a midfielder who fought for every ball and attacked from the"
     " first minute of the match.")),
    ("Thriller wins top film prize", RejectReason.CULTURE,
     ("The film, in which a soldier is killed by a bomb in its first scene, won the festival's top"
     " prize. Its director said the actor had shot every stunt himself.")),
    ("Six sentenced over station bombing", RejectReason.COURT,
     ("A court sentenced six men to life imprisonment on Friday for the bombing of a station that"
     " killed 12 people in 2018. The judge said the defendants had shown no remorse. Their"
     " lawyers will appeal the verdict.")),
    ("Navy opens exercise in the gulf", RejectReason.EXERCISE,
     ("The navy opened a joint exercise on Monday with a mock attack on an oil platform. Marines"
     " fired blanks and 'rescued' hostages in the drill, which ends on Friday.")),
    ("Gas explosion kills four in bakery", RejectReason.ACCIDENT,
     ("Four people were killed when a gas leak caused an explosion in a bakery. Firefighters said"
     " there was no sign of an attack and that a faulty cylinder was to blame.")),
    ("Town marks anniversary of massacre", RejectReason.HISTORICAL,
     ("Survivors marked the 40th anniversary of the massacre with a minute's silence at the"
     " memorial. Soldiers had shot 200 villagers dead.")),
    ("Embassy warns of attacks at Christmas", RejectReason.HYPOTHETICAL,
     ("The embassy warned its citizens that militants could attack churches and hotels. The"
     " security alert said the threat level had been raised.")),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), REPORTS, ids=[r[0] for r in REPORTS])
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_report_of_an_event_is_relevant_in_any_case(
    title: str, text: str, case
) -> None:  # type: ignore[no-untyped-def]
    found = assess(case(title), case(text), None, None)
    assert found.relevant
    assert found.reject_reason is None


@pytest.mark.parametrize(
    ("title", "reason", "text"), OTHERS, ids=[o[0] for o in OTHERS]
)
@pytest.mark.parametrize("case", [str, str.upper])
def test_other_texts_are_refused_with_their_reason(
    title: str, reason: RejectReason, text: str, case  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    found = assess(case(title), case(text), None, None)
    assert not found.relevant
    assert found.reject_reason is reason


def test_text_without_violence_is_no_event() -> None:
    found = assess(
        "Rain", "It rained all week and the river rose a little.", None, None
    )
    assert not found.relevant
    assert found.reject_reason is RejectReason.NO_EVENT


def test_strong_frame_lifts_a_doubtful_text_and_no_frame_sinks_it() -> None:
    doubtful = 0.5
    assert decide(doubtful, {}, 0.9, Gate()).relevant
    assert not decide(doubtful, {}, 0.0, Gate()).relevant


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_score_grows_with_the_frame(head: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    strengths = {"court": 1.2}
    low_score = decide(head, strengths, low, Gate()).score
    assert low_score <= decide(head, strengths, high, Gate()).score


@given(st.floats(0, 1), st.floats(0, 3), st.none() | st.floats(0, 1))
def test_reason_is_given_exactly_when_refused(
    head: float, strength: float, frame: float | None
) -> None:
    found = decide(head, {"sport": strength}, frame, Gate())
    assert (found.reject_reason is None) == found.relevant
    assert 0.0 <= found.score <= 1.0


def test_reasons_file_uses_known_reasons_and_weights() -> None:
    known = {r.value for r in RejectReason} | {"business"}
    assert {c.reason for c in reason_cues()} <= known
    assert all(0 < c.weight <= 1.5 for c in reason_cues())


def test_title_cue_weighs_more_than_a_lead_cue() -> None:
    title = reason_strengths("Military exercises begin", "Ships left port.")["exercise"]
    lead = reason_strengths("Ships leave", "Military exercises begin.")["exercise"]
    assert title > lead


def test_strongest_reason_breaks_ties_by_name() -> None:
    assert strongest({"court": 1.0, "sport": 1.0}) == ("sport", 1.0)
    assert strongest({}) == ("no_event", 0.0)
    assert strongest({"business": 2.0})[0] == "no_event"


def test_only_sentences_with_cues_are_read() -> None:
    text = "The weather was fine. Gunmen killed nine people. The market was open."
    assert cue_sentences(text) == ["gunmen killed nine people."]


def test_case_and_diacritics_do_not_change_features() -> None:
    text = "Gunmen killed nine people in Ménaka."
    assert (
        buckets(text)
        == buckets(text.upper())
        == buckets("gunmen killed nine people in menaka.")
    )


def test_features_are_the_same_in_every_process() -> None:
    """A salted hash would make yesterday's weights noise today."""
    code = (
        "from tasks.classification.features import buckets;"
        "print(sorted(buckets('Gunmen killed nine people.')))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_weights_file_is_small_and_within_the_buckets() -> None:
    resource = files("tasks.classification").joinpath(WEIGHTS_FILE)
    assert len(resource.read_bytes()) < MAX_WEIGHTS_BYTES
    head = RelevanceHead.load()
    assert head.weights.shape == (NUM_BUCKETS,)
    assert np.isfinite(head.weights).all()
    assert (head.idf >= 0).all()


def test_training_figures_belong_to_the_weights() -> None:
    raw = (
        files("tasks.classification")
        .joinpath("data/relevance_training.json")
        .read_text()
    )
    assert json.loads(raw)["version"] == RelevanceHead.load().version


@given(st.text(max_size=400))
def test_any_text_gets_a_probability(text: str) -> None:
    assert 0.0 <= RelevanceHead.load().score("", text) <= 1.0


@given(st.floats(-700, 700))
def test_sigmoid_and_logit_are_inverse_where_they_can_be(value: float) -> None:
    assert 0.0 <= sigmoid(value) <= 1.0
    if abs(value) < 10:
        assert abs(logit(sigmoid(value)) - value) < 1e-6


def test_beside_a_clear_frame_the_head_alone_cannot_refuse() -> None:
    assert decide(0.001, {}, 0.9, Gate()).relevant
    assert not decide(0.001, {}, None, Gate()).relevant


def test_old_year_in_the_title_is_a_cue_of_history_only_with_a_date() -> None:
    title, text = "The 2009 raid on the camp", "Soldiers attacked the camp."
    now = datetime(2026, 3, 8, tzinfo=UTC)
    assert "historical" in reason_strengths(title, text, now)
    assert "historical" not in reason_strengths(title, text, None)
    assert "historical" not in reason_strengths("Raid of 8 March 2026", text, now)
