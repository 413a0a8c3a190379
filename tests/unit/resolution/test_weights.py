"""The weights of links are fitted, versioned and published with what they are worth."""

import json
from importlib.resources import files
from typing import Any

from benchmarks._link_pairs import LinkPair
from benchmarks.train_links import cross_validated, figures, fit, probability, standing
from tasks.resolution.evidence import weights

SCALES = (
    ("place:same_name", "place:same_point", "place:near", "place:unknown"),
    ("date:same_day", "date:overlap", "date:two_days"),
    ("actors:same", "actors:one_side", "actors:unidentified", "actors:differ"),
    ("toll:same", "toll:compatible", "toll:moved", "toll:far"),
)


def _figures() -> dict[str, Any]:
    path = files("tasks.resolution") / "data" / "link_training.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_agreement_weighs_more_than_disagreement_in_every_field() -> None:
    bits = standing()
    for scale in SCALES:
        values = [bits[level] for level in scale]
        assert values == sorted(values, reverse=True), scale


def test_rules_that_forbid_are_no_weights() -> None:
    never = {level for level, bits in weights().items() if bits is None}
    assert never == {
        "type:far",
        "place:apart",
        "date:apart",
        "country:differ",
        "article:same",
    }
    assert not never & standing().keys()


def test_a_score_is_a_probability_in_the_published_table() -> None:
    table = _figures()["fitted, cross-validated"]["reliability"]
    assert sum(row["pairs"] for row in table) > 1_000
    for row in table:
        assert abs(row["mean_said"] - row["share_one_event"]) <= 0.1


def test_the_fitted_weights_beat_those_set_by_hand() -> None:
    found = _figures()
    fitted, by_hand = found["fitted, cross-validated"], found["by hand"]
    assert fitted["log_loss"] < by_hand["log_loss"]
    assert fitted["wrongly_linked"] < by_hand["wrongly_linked"]


def _pairs(share: float) -> list[LinkPair]:
    """Return pairs of which that share is one event when the sides are the same."""
    return [
        LinkPair(f"g{n}", ("actors:same",), n < share * 100, "varied")
        for n in range(100)
    ]


def test_fitting_moves_a_weight_to_what_the_pairs_say() -> None:
    start = {"prior": -4.0, "actors:same": 2.5, "toll:same": 1.5}
    rare, common = fit(_pairs(0.1), start), fit(_pairs(0.9), start)
    assert rare["actors:same"] < common["actors:same"]
    assert abs(probability(_pairs(0.9)[0], common) - 0.9) < 0.05
    assert rare["toll:same"] == start["toll:same"]  # no pair shows it


def test_no_event_is_judged_by_weights_it_was_fitted_with() -> None:
    odd = [LinkPair("odd", ("toll:far", "date:same_day"), True, "varied")] * 40
    usual = [LinkPair(f"g{n}", ("toll:far", "date:same_day"), False, "varied")
             for n in range(40)]  # fmt: skip
    said = cross_validated([*odd, *usual])
    assert max(said[:40]) < 0.1 < max(said[40:])
    assert figures([*odd, *usual], said)["missed"] == 40
