"""Support: what only looks like a further event is left out, and says so."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks._support_cases import RECORDED, Noting, recorded, stories_of
from benchmarks.train_support import fit, out_of_batch
from tasks.coding.coder import Coder
from tasks.coding.stories.abstention import FURTHER, RULE
from tasks.coding.stories.support import load_model
from tests.unit.coding.coding_texts import document

LEAD = (
    "Gunmen attacked the village of Bankass on Thursday, killing nine farmers, the mayor "
    "said.\n\nThe attackers came on motorcycles at dawn, residents said.\n\n"
)
TITLE = "Gunmen kill nine farmers in Bankass"
OWN = [
    "Students marched in Mopti on Wednesday against higher fees.",
    "In Gao, a bomb hidden in a cart killed two traders on Wednesday, police said.",
    "Soldiers raided a rebel camp near Timbuktu on Monday and killed six fighters.",
]
BORROWED = [
    "The attack on Mopti was the worst, and everyone there remembers it, he said.",
    "Fighting in the forest of Mopti never stops, a trader who was there on Monday said.",
]


@pytest.fixture(scope="module")
def nightly(reference_dir: Path) -> Coder:
    """The coder as it runs: with the default threshold."""
    return Coder.load(reference_dir)


@pytest.mark.parametrize("sentence", OWN)
def test_an_event_with_day_and_place_of_its_own_is_kept(
    nightly: Coder, sentence: str
) -> None:
    coded = nightly.code(document(LEAD + sentence, TITLE))
    assert len(coded.mentions) == 2


@pytest.mark.parametrize("sentence", BORROWED)
def test_a_story_that_tells_nothing_of_its_own_is_left_out_with_its_reason(
    nightly: Coder, placing_coder: Coder, sentence: str
) -> None:
    text = document(LEAD + sentence, TITLE)
    assert len(placing_coder.code(text).mentions) == 2  # rules alone read two
    coded = nightly.code(text)
    assert [m.location.name for m in coded.mentions] == ["Bankass"]
    left_out = [e for e in coded.excluded if e.rule_id == RULE]
    assert [e.why for e in left_out] == ["abstained"]
    assert left_out[0].start > len(TITLE) + len(LEAD)


def test_the_confidence_of_an_event_is_its_support(placing_coder: Coder) -> None:
    sure, doubtful = placing_coder.code(document(LEAD + BORROWED[0], TITLE)).mentions
    assert sure.confidence > 0.9
    assert doubtful.confidence < 0.5 + FURTHER


def test_the_same_story_is_likelier_where_the_headline_tells_it(
    placing_coder: Coder,
) -> None:
    (told,) = placing_coder.code(document(LEAD, TITLE)).mentions
    (other,) = placing_coder.code(
        document(LEAD, "Court jails two for raid of a decade ago")
    ).mentions
    assert told.confidence > other.confidence


def test_in_capitals_the_points_of_the_rules_are_the_confidence(
    nightly: Coder, placing_coder: Coder
) -> None:
    text = document((LEAD + BORROWED[0]).upper(), TITLE.upper())
    kept = nightly.code(text).mentions
    assert kept == placing_coder.code(text).mentions
    assert kept


def test_every_weight_is_of_a_feature_the_coder_shows(placing_coder: Coder) -> None:
    item = {"id": "a", "text": f"{TITLE}\n\n{LEAD}", "title": TITLE, "language": "en"}
    ((_, features),) = stories_of(placing_coder.weighing(Noting), item)
    assert set(load_model().weights) == set(features)
    header = RECORDED.read_text("utf-8").splitlines()[0].split("\t")
    assert set(header[4:]) == set(features)


def test_weights_and_training_figures_are_of_one_fit() -> None:
    data = files("tasks.coding").joinpath("data")
    table = data.joinpath("support.tsv").read_text("utf-8")
    report = json.loads(data.joinpath("support_training.json").read_text("utf-8"))
    assert hashlib.sha256(table.encode()).hexdigest()[:12] == report["version"]


def test_a_fit_that_never_saw_an_author_tells_his_extras_from_his_events() -> None:
    told = recorded()
    share = out_of_batch(told)
    held = [s for c, s in zip(told, share, strict=True) if c.held]
    extra = [s for c, s in zip(told, share, strict=True) if not c.held]
    assert sum(held) / len(held) > sum(extra) / len(extra) + 0.15


def test_a_fit_is_the_same_whatever_the_order_of_the_stories() -> None:
    told = recorded()
    one, other = fit(told), fit(told[::-1])
    assert one.names == other.names
    assert abs(one.weights - other.weights).max() < 1e-3
