"""Thirteen hard cases, told in full texts, from the coder to the published event.

`family` and `event` are what the author meant inside a case; a null event is not checked
(the re-run of an old report, the French text whose coding is tested elsewhere).
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.stages.derivation import newsroom
from tasks.coding.coder import Coder
from tasks.model.articles import ArticleLineage
from tasks.model.events import ResolvedEvent
from tasks.resolution.resolve import resolve

ROWS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("hard_cases.jsonl")
    .read_text("utf-8")
    .splitlines()
]
CASES = sorted({row["case"] for row in ROWS})


class Outcome(NamedTuple):
    """What the pipeline makes of all cases in one night."""

    lineage: dict[str, ArticleLineage]
    event_of: dict[str, str]  # by article: its primary mention's
    events: dict[str, ResolvedEvent]


@pytest.fixture(scope="module")
def outcome(reference_dir: Path) -> Outcome:
    rows: list[dict[str, Any]] = [
        row | {"text": "\n\n".join((row["title"], *row["body"]))} for row in ROWS
    ]
    lineage, contexts = newsroom(rows, Coder.load(reference_dir))
    resolution = resolve(contexts)
    event_of = {link.mention_id: link.event_id for link in resolution.links}
    primary = {
        c.mention.article_id: event_of[c.mention.mention_id]
        for c in contexts
        if c.mention.primary
    }
    return Outcome(lineage, primary, {e.event_id: e for e in resolution.events})


def _rows(case: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if row["case"] == case]


def _event(outcome: Outcome, article_id: str) -> ResolvedEvent:
    return outcome.events[outcome.event_of[article_id]]


@pytest.mark.parametrize("case", CASES)
def test_the_families_are_those_that_were_meant(case: str, outcome: Outcome) -> None:
    meant, found = defaultdict(set), defaultdict(set)
    for row in _rows(case):
        meant[row["family"]].add(row["id"])
        found[outcome.lineage[row["id"]].family_id].add(row["id"])
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, meant.values()))


@pytest.mark.parametrize("case", CASES)
def test_the_events_are_those_that_were_meant(case: str, outcome: Outcome) -> None:
    meant, found = defaultdict(set), defaultdict(set)
    for row in _rows(case):
        if row["event"]:
            meant[row["event"]].add(row["id"])
            found[outcome.event_of[row["id"]]].add(row["id"])
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, meant.values()))


def test_no_two_cases_share_an_event(outcome: Outcome) -> None:
    cases = defaultdict(set)
    for article_id, event in outcome.event_of.items():
        cases[event].add(article_id.rsplit("-", 1)[0])
    assert all(len(found) == 1 for found in cases.values())


@pytest.mark.parametrize(
    ("article_id", "best", "origins"),
    [
        pytest.param(
            "altered-toll-2", 14, 1, id="a rewrite's own toll is not believed"
        ),
        pytest.param("correction-2", 8, 1, id="the corrected figure stands"),
        pytest.param("toll-rises-1", 27, 2, id="the later count overtakes"),
        pytest.param("consecutive-days-1", 7, 2, id="the first of two raids"),
        pytest.param("consecutive-days-2", 4, 1, id="the second of two raids"),
        pytest.param("claim-next-day-1", 8, 2, id="the claim repeats the toll"),
    ],
)
def test_tolls_and_origins(
    article_id: str, best: int, origins: int, outcome: Outcome
) -> None:
    event = _event(outcome, article_id)
    assert (event.coded.fatalities.best, event.independent_origins) == (best, origins)


def test_a_claim_of_the_next_day_names_the_side_of_the_day_before(
    outcome: Outcome,
) -> None:
    coded = _event(outcome, "claim-next-day-1").coded
    assert coded.responsibility_status == "claimed"
    assert any("Islamic State" in actor.name for actor in coded.side1)
    assert str(coded.event_date.start) == "2026-03-02"


def test_the_kinds_of_derivation_are_told(outcome: Outcome) -> None:
    kinds = {key: row.lineage for key, row in outcome.lineage.items()}
    assert kinds["altered-toll-2"] == "rewrite"
    assert kinds["correction-2"] == "update"
    assert kinds["translation-2"] == "translation"


def test_the_re_run_of_an_old_report_joins_neither_its_family_nor_its_event(
    outcome: Outcome,
) -> None:
    assert _event(outcome, "anniversary-1").num_mentions == 1
