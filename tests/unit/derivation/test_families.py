"""Families: the same from any order of arrival, rooted at the true origin."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.demo.corpus import articles
from tasks.derivation.link import derive, family_id, prepare
from tasks.derivation.records import TextRecord
from tests.unit.derivation.memory_store import MemoryStore
from tests.unit.derivation.texts import WIRE, bomb_report, record

REWRITE = (
    (
        "At least 14 people died when armed raiders riding camels swept into Wad Sharifa, a "
        "village in the east of Sudan, in the early hours of Monday and set fire to its grain."
    ),
    (
        "A clinic in Kassala took in 23 injured. Health worker Amna Idris said the staff were "
        "short of everything."
    ),
    (
        "Osman Babiker, who speaks for the state government, pointed to cattle thieves from "
        "beyond the Gash, and 60 police were dispatched from Aroma. Over 300 cows are missing "
        "and traders from Hamdayet will find the market shut until Thursday."
    ),
)
INDEPENDENT = (
    (
        "The schoolteacher had counted the graves twice by noon on Monday, and each time he "
        "came to sixteen, he told us by telephone from Wad Sharifa."
    ),
    (
        '"They shot my neighbour at his door and they asked me for the keys of the store," '
        "said Haj Elzaki, 58, whose brother is among the dead."
    ),
    (
        "Three police pick-ups stood at the ford on the road from Aroma in the afternoon. "
        "Nobody could say who the riders were."
    ),
)


def _newsroom() -> list[TextRecord]:
    """Return two families, a separate report and two look-alike incidents."""
    return [
        record("wire", credit="Red Sea News Agency (RNA)"),
        record("copy", hours=1),
        record("brief", WIRE[:1], hours=2, title="Sudan: 14 killed in village raid"),
        record(
            "rewrite", REWRITE, hours=5, title="Camel-mounted raiders kill 14 in Sudan"
        ),
        record("own", INDEPENDENT, hours=9, title="Sixteen graves in Wad Sharifa"),
        record("bomb1", bomb_report(), title="Bomb kills four soldiers", hours=3),
        record(
            "bomb2", bomb_report(place="Auno", day="Friday"), title="Bomb", hours=90
        ),
    ]


EXPECTED = {
    frozenset({"wire", "copy", "brief", "rewrite"}),
    frozenset({"own"}),
    frozenset({"bomb1"}),
    frozenset({"bomb2"}),
}


def _add_in_batches(order: Sequence[TextRecord], sizes: Sequence[int]) -> MemoryStore:
    store, rest = MemoryStore(), list(order)
    for size in (*sizes, len(rest)):
        batch, rest = rest[:size], rest[size:]
        if batch:
            store.add(batch)
    return store


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(_newsroom()),
    sizes=st.lists(st.integers(1, 4), max_size=6),
)
def test_any_order_and_batching_gives_the_same_rows(
    order: list[TextRecord], sizes: list[int]
) -> None:
    at_once = _add_in_batches(_newsroom(), [])
    arrived = _add_in_batches(order, sizes)
    assert at_once.families() == EXPECTED
    assert arrived.lineage == at_once.lineage
    assert arrived.mutations == at_once.mutations


def _corpus() -> list[TextRecord]:
    return [
        TextRecord(
            article_id=a.id,
            canonical_url=a.url,
            publisher=a.outlet_name,
            title=a.title,
            text="\n\n".join((a.title, *a.body)),
            published_at=a.published_at,
            first_seen_at=a.published_at,
            language="en",
        )
        for a in articles()
    ]


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(order=st.permutations(_corpus()), size=st.integers(5, 60))
def test_the_demo_corpus_gives_the_same_rows_in_any_order(
    order: list[TextRecord], size: int
) -> None:
    at_once = _add_in_batches(_corpus(), [])
    arrived = _add_in_batches(order, [size] * (len(order) // size))
    assert arrived.lineage == at_once.lineage
    assert arrived.mutations == at_once.mutations


def test_the_family_is_named_after_its_earliest_text() -> None:
    store = _add_in_batches(_newsroom(), [])
    assert store.lineage["brief"].family_id == family_id("https://wire.example/story")


def test_an_origin_that_arrives_late_becomes_the_root_of_the_family() -> None:
    store = MemoryStore()
    store.add([record("copy", hours=1), record("brief", WIRE[:1], hours=2)])
    before = store.lineage["brief"]
    result = store.add([record("wire")])
    assert (before.parent_article_id, before.family_id) == (
        "copy",
        family_id("https://copy.example/story"),
    )
    changed = {row.article_id: row for row in result.lineage}
    assert changed.keys() == {"wire", "copy", "brief"}
    assert {row.family_id for row in changed.values()} == {
        family_id("https://wire.example/story")
    }
    assert changed["wire"].lineage == "origin"
    assert changed["copy"].parent_article_id == "wire"


def test_a_batch_that_touches_nobody_changes_no_stored_row() -> None:
    store = MemoryStore()
    store.add([record("wire"), record("copy", hours=1)])
    result = store.add([record("bomb1", bomb_report(), title="Bomb", hours=3)])
    assert [row.article_id for row in result.lineage] == ["bomb1"]


def test_adding_the_same_text_again_changes_nothing() -> None:
    store = MemoryStore()
    store.add(_newsroom())
    assert store.add(_newsroom()).lineage == ()


def test_an_edited_page_leaves_the_family_its_new_text_does_not_belong_to() -> None:
    store = MemoryStore()
    store.add(
        [record("wire"), record("copy", hours=1), record("brief", WIRE[:1], hours=2)]
    )
    store.add([record("copy", bomb_report(), title="Bomb kills four", hours=1)])
    assert store.families() == {frozenset({"wire", "brief"}), frozenset({"copy"})}


@pytest.mark.parametrize(
    ("key", "lineage", "parent"),
    [
        ("wire", "origin", None),
        ("copy", "identical_copy", "wire"),
        ("brief", "brief", "wire"),
        ("rewrite", "rewrite", "wire"),
        ("own", "independent", None),
    ],
)
def test_each_text_has_its_kind_of_derivation(
    key: str, lineage: str, parent: str | None
) -> None:
    row = _add_in_batches(_newsroom(), []).lineage[key]
    assert (row.lineage, row.parent_article_id) == (lineage, parent)


def test_a_local_lead_makes_an_edited_copy() -> None:
    lead = ("The member for Kassala, Hamid Tahir, offered his condolences on Monday.",)
    store = MemoryStore()
    store.add([record("wire"), record("local", (*lead, *WIRE), hours=4)])
    assert store.lineage["local"].lineage == "edited_copy"


def test_the_same_agency_with_later_facts_is_an_update() -> None:
    later = (
        (
            "KASSALA, Sudan (RNA) - The number of people killed in Monday's raid on the village "
            "of Wad Sharifa in eastern Sudan rose to 17 on Tuesday, health worker Amna Idris said."
        ),
        (
            "Three of the 23 wounded died in Kassala. Osman Babiker, for the state government, "
            "said 60 police officers had reached the Gash river."
        ),
    )
    store = MemoryStore()
    store.add([record("wire"), record("later", later, hours=26, title="Raid toll 17")])
    row = store.lineage["later"]
    assert (row.lineage, row.parent_article_id) == ("update", "wire")
    assert "wire_credit:rna" in row.signals


def test_the_reasons_of_a_rewrite_are_kept() -> None:
    row = _add_in_batches(_newsroom(), []).lineage["rewrite"]
    named = {signal.split(":")[0] for signal in row.signals}
    assert {"names", "numbers", "days"} <= named
    assert row.score is not None
    assert 0 < row.score <= 0.6


def test_a_translation_is_found_by_names_and_numbers() -> None:
    french = (
        (
            "Des hommes armés à dos de chameau ont attaqué lundi avant l'aube le village de Wad "
            "Sharifa, dans l'est du Soudan, tuant 14 personnes, selon Amna Idris."
        ),
        (
            "23 blessés ont été conduits dans une clinique de Kassala. Osman Babiker a accusé des "
            "voleurs de bétail venus d'au-delà du Gash; 60 policiers sont partis d'Aroma."
        ),
        (
            "Les assaillants ont emmené plus de 300 vaches. Le marché de Wad Sharifa, où viennent "
            "les commerçants de Hamdayet, est fermé."
        ),
    )
    child = record("fr", french, hours=4, title="14 morts à Wad Sharifa", language="fr")
    store = MemoryStore()
    store.add([record("wire"), child])
    assert store.lineage["fr"].lineage == "translation"


def test_a_digest_joins_one_family_and_merges_none() -> None:
    digest = (*WIRE[:2], *bomb_report()[:2])
    store = MemoryStore()
    store.add(
        [
            record("wire"),
            record("bomb1", bomb_report(), title="Bomb kills four soldiers", hours=1),
            record("digest", digest, hours=9, title="The day in brief"),
        ]
    )
    assert store.lineage["wire"].family_id != store.lineage["bomb1"].family_id


def test_texts_without_a_publication_time_are_ordered_by_first_sight() -> None:
    early = record("early")
    undated = TextRecord(
        article_id="undated",
        canonical_url="https://undated.example/story",
        publisher="Outlet",
        title=early.title,
        text=early.text,
        published_at=None,
        first_seen_at=record("x", hours=2).first_seen_at,
    )
    rows = {r.article_id: r for r in derive(prepare([])).lineage}
    store = MemoryStore()
    store.add([undated, early])
    assert rows == {}
    assert store.lineage["undated"].parent_article_id == "early"
