"""What loading a batch does to what earlier batches left."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tasks.loading.load import (
    drop_texts,
    load_articles,
    load_coded,
    load_feeds,
    load_polls,
    load_rejects,
    load_responses,
)
from tasks.loading.load_events import load_resolution
from tasks.model.articles import ArchivedResponse
from tasks.model.coding import Fatalities
from tasks.model.events import EventRevision
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse import store, store_articles
from warehouse.connect import Warehouse
from warehouse.verify import content_hashes

LATER = make.NOW + timedelta(hours=6)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return make.new_warehouse(tmp_path)


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    fill(warehouse)
    return warehouse


def test_loading_the_same_night_again_changes_nothing(filled: Warehouse) -> None:
    before = content_hashes(filled.path)
    fill(filled, run_id="run-2")
    assert content_hashes(filled.path) == before


def test_a_changed_value_changes_the_hash_of_its_table_alone(filled: Warehouse) -> None:
    before = content_hashes(filled.path)
    with filled.transaction("x", "run-2") as tx:
        load_feeds(
            tx, [replace(make.feed(), licence_note="new"), make.feed("Quiet Post")]
        )
    after = content_hashes(filled.path)
    assert {t for t in after if after[t] != before[t]} == {"raw.feed"}


def test_stored_values_come_back_equal(filled: Warehouse) -> None:
    assert store_articles.articles_by_id(filled, ["article-2"]) == [make.article(2)]
    stored = store_articles.mentions_of_articles(filled, ["article-2"])
    assert [s.mention for s in stored] == [make.mention(2)]
    assert (stored[0].family_id, stored[0].event_id) == ("family-1", "event-2")
    assert store_articles.events_by_id(filled, ["event-2"]) == [make.event(2)]
    state = store.feed_states(filled)[make.feed().feed_url]
    assert state == make.outcome(*(make.item(n) for n in range(1, 5))).state
    assert [r.archived for r in store.responses_of_run(filled, "run-1")] == [
        make.response(n) for n in (1, 2, 3)
    ]
    assert store.items_by_id(filled, ["item-1", "unknown"]) == {"item-1": make.item(1)}


def test_paragraphs_with_blank_lines_inside_come_back_as_they_were(
    warehouse: Warehouse,
) -> None:
    odd = make.article(1, title="A\n\ntitle", paragraphs=("one\n\ntwo", "", "three"))
    with warehouse.transaction("a", "run") as tx:
        load_articles(tx, [odd], make.NOW)
    assert store_articles.articles_by_id(warehouse, ["article-1"]) == [odd]


def test_responses_are_selected_half_open(filled: Warehouse) -> None:
    at = make.NOW
    assert len(store.responses_between(filled, at, at + timedelta(seconds=1))) == 3
    assert store.responses_between(filled, at - timedelta(days=1), at) == []


def test_items_are_pending_until_retrieved_or_rejected(warehouse: Warehouse) -> None:
    items = [make.item(n) for n in (1, 2, 3)]
    with warehouse.transaction("a", "run") as tx:
        load_polls(tx, [make.outcome(*items)])
    assert {i.item_id for i in store.pending_items(warehouse, 9, make.NOW)} == {
        "item-1",
        "item-2",
        "item-3",
    }
    assert len(store.pending_items(warehouse, 2, make.NOW)) == 2
    with warehouse.transaction("b", "run") as tx:
        load_responses(tx, [(make.response(1), make.item(1))])
        load_rejects(tx, [make.fetch_reject(2)], make.NOW)
    assert [i.item_id for i in store.pending_items(warehouse, 9, make.NOW)] == [
        "item-3"
    ]


def test_an_item_that_changed_is_pending_again_until_tried_again(
    filled: Warehouse,
) -> None:
    edited = [make.item(1, title="Corrected"), make.item(4, title="Corrected")]
    with filled.transaction("p", "run-2") as tx:
        load_polls(tx, [make.outcome(*edited, polled_at=LATER)])
    assert {i.item_id for i in store.pending_items(filled, 9, LATER)} == {
        "item-1",
        "item-4",
    }
    with filled.transaction("q", "run-2") as tx:
        load_responses(tx, [(make.response(1, LATER), make.item(1))])
        load_rejects(tx, [make.fetch_reject(4)], LATER)
    assert store.pending_items(filled, 9, LATER) == []


def test_an_unchanged_item_seen_again_stays_done(filled: Warehouse) -> None:
    with filled.transaction("p", "run-2") as tx:
        load_polls(tx, [make.outcome(make.item(1), polled_at=LATER)])
    assert store.pending_items(filled, 9, make.NOW) == []


def test_one_url_in_two_feeds_is_offered_once(warehouse: Warehouse) -> None:
    twin = replace(
        make.item(1), item_id="item-1b", feed_url="https://other.example/rss"
    )
    with warehouse.transaction("a", "run") as tx:
        load_polls(tx, [make.outcome(make.item(1), twin)])
    assert len(store.pending_items(warehouse, 9, make.NOW)) == 1


def test_a_failed_fetch_is_tried_again_for_some_days(warehouse: Warehouse) -> None:
    with warehouse.transaction("a", "run") as tx:
        load_polls(tx, [make.outcome(make.item(2))])
        load_rejects(tx, [make.fetch_reject(2)], make.NOW)

    def offered(after: timedelta) -> int:
        return len(store.pending_items(warehouse, 9, make.NOW + after))

    assert offered(timedelta(hours=1)) == 0
    assert offered(store.RETRY_AFTER) == 1
    assert offered(store.RETRY_FOR + timedelta(minutes=1)) == 0


def test_pages_archived_but_never_loaded_are_found(warehouse: Warehouse) -> None:
    with warehouse.transaction("a", "run") as tx:
        load_responses(tx, [(make.response(n), make.item(n)) for n in (1, 2, 3)])
        load_articles(tx, [make.article(1)], make.NOW)
        load_rejects(tx, [make.fetch_reject(2)], make.NOW)
    left = store.unextracted_responses(warehouse, 9)
    assert [(r.archived, r.item_id) for r in left] == [(make.response(3), "item-3")]


def test_a_page_retrieved_again_is_extracted_again_once(warehouse: Warehouse) -> None:
    again = make.response(1, LATER)
    with warehouse.transaction("a", "run") as tx:
        load_responses(tx, [(make.response(1), make.item(1))])
        load_articles(tx, [make.article(1)], make.NOW)
    with warehouse.transaction("b", "run") as tx:
        load_responses(tx, [(again, make.item(1))])
    [left] = store.unextracted_responses(warehouse, 9)
    assert left.archived == again

    unchanged = make.article(1, response_id=again.response_id)
    with warehouse.transaction("c", "run") as tx:
        load_articles(tx, [unchanged], LATER)
    assert store.unextracted_responses(warehouse, 9) == []


def test_an_article_replaces_what_failed_before_it_and_not_what_failed_after(
    warehouse: Warehouse,
) -> None:
    article = make.article(1)  # of a page retrieved when it was first seen
    earlier = article.first_seen_at - timedelta(hours=4)

    def left(failed_at: datetime) -> int:
        with warehouse.transaction(f"fail:{failed_at}", "run") as tx:
            load_rejects(tx, [make.fetch_reject(1)], failed_at)
        with warehouse.transaction(f"load:{failed_at}", "run") as tx:
            load_articles(tx, [article], LATER)
        return int(warehouse.read("SELECT count(*) FROM core.reject").item())

    assert left(earlier) == 0
    assert left(LATER) == 1


def test_each_state_of_a_page_has_the_twin_that_was_asked_for_it(
    warehouse: Warehouse,
) -> None:
    first, second, third = (make.NOW + timedelta(days=n) for n in range(3))
    pages = [make.response(1, at) for at in (first, second, third)]
    twins = [
        replace(
            make.response(2, at), kind="twin", url="https://a.example/amp",
            response_id=f"twin-{n}",
        )
        for n, at in enumerate((first, third + timedelta(minutes=1)))
    ]  # fmt: skip
    with warehouse.transaction("a", "run") as tx:
        load_responses(tx, [(r, make.item(1)) for r in (*pages, *twins)])

    def twin_of(page: ArchivedResponse) -> str | None:
        found = store.twins_of(
            warehouse, {page.response_id: "https://a.example/amp"}
        ).get(page.response_id)
        return found.archived.response_id if found else None

    assert [twin_of(page) for page in pages] == ["twin-0", None, "twin-1"]
    assert store.twins_of(warehouse, {}) == {}


def test_dropping_texts_keeps_hashes_places_of_cuts_and_what_is_younger(
    filled: Warehouse,
) -> None:
    full = replace(make.item(9), summary="A lead", content_html="<p>A text</p>")
    with filled.transaction("items", "run-2") as tx:
        load_polls(tx, [make.outcome(full)])
        load_articles(tx, [make.article(7, first_seen_at=LATER)], LATER)
    facts = (
        "SELECT a.* EXCLUDE (text, details), details->'date_candidates', "
        "len((details->'removals')::JSON[]), details->'removals'->0->>'rule_id' "
        "FROM core.article a ORDER BY article_id"
    )
    before = filled.read(facts).rows()

    with filled.transaction("drop", "run-2") as tx:
        drop_texts(tx, LATER)

    assert filled.read(facts).rows() == before
    texts = "SELECT article_id FROM core.article WHERE text IS NOT NULL"
    assert filled.read(texts)["article_id"].to_list() == ["article-7"]
    assert "Read also" not in str(
        filled.read("SELECT details FROM core.article WHERE text IS NULL").rows()
    )
    kept = store.items_by_id(filled, ["item-9"])["item-9"]
    assert (kept.title, kept.summary, kept.content_html) == (full.title, None, None)


def test_a_feed_taken_out_of_the_list_keeps_its_state(filled: Warehouse) -> None:
    with filled.transaction("x", "run-2") as tx:
        load_feeds(tx, [make.feed("Quiet Post")])
    urls = filled.read("SELECT feed_url FROM main.feeds")["feed_url"].to_list()
    assert urls == [make.feed("Quiet Post").feed_url]
    assert make.feed().feed_url in store.feed_states(filled)


def test_an_edited_page_is_a_new_revision_and_both_texts_stay(
    filled: Warehouse,
) -> None:
    edited = make.article(
        1, paragraphs=("At least 14 people died.",), response_id="response-1-011230"
    )
    with filled.transaction("x", "run-2") as tx:
        load_responses(tx, [(make.response(1, LATER), make.item(1))])
        assert load_articles(tx, [edited], LATER) == frozenset()
    assert store_articles.articles_by_id(filled, ["article-1"]) == [edited]
    texts = filled.read(
        "SELECT text FROM main.article_revisions WHERE article_id = 'article-1' "
        "ORDER BY recorded_at"
    )
    assert texts["text"].to_list() == [make.article(1).text, edited.text]


def test_an_older_text_from_a_back_fill_never_becomes_the_current_one(
    warehouse: Warehouse,
) -> None:
    old = make.article(
        1, paragraphs=("First version.",), response_id="response-1-010630"
    )
    new = make.article(1, response_id="response-1-011230")
    with warehouse.transaction("a", "run") as tx:
        load_responses(tx, [(make.response(1, LATER), make.item(1))])
        load_articles(tx, [new], LATER)
    with warehouse.transaction("b", "run") as tx:
        load_responses(tx, [(make.response(1), make.item(1))])
        assert load_articles(tx, [old], LATER) == frozenset({"article-1"})
    assert store_articles.articles_by_id(warehouse, ["article-1"]) == [new]
    assert warehouse.read("FROM core.article_revision").height == 2


def test_an_article_clears_the_rejects_of_its_page(filled: Warehouse) -> None:
    with filled.transaction("x", "run-2") as tx:
        load_articles(tx, [make.article(4)], LATER)
    assert filled.read("FROM main.rejects").is_empty()


def test_coding_again_replaces_what_was_said_before(filled: Warehouse) -> None:
    with filled.transaction("x", "run-2") as tx:
        load_coded(tx, [make.rejected(1)], LATER)
        load_resolution(
            tx, events=[], revisions=[], redirects=[], links=[], known_at=LATER
        )
    for table in ("event_mention", "claim", "fatality_claim", "exclusion"):
        rows = filled.read(f"FROM core.{table} WHERE article_id = 'article-1'")
        assert rows.is_empty(), table
    rejects = filled.read("SELECT reason FROM main.rejects WHERE stage = 'coding'")
    assert rejects["reason"].to_list() == ["no_event"]


def test_an_event_without_reports_is_withdrawn_and_says_so(filled: Warehouse) -> None:
    test_coding_again_replaces_what_was_said_before(filled)
    ids = filled.read("SELECT event_id FROM main.events ORDER BY 1")
    assert ids["event_id"].to_list() == ["event-2", "event-3"]
    last = filled.read(
        "SELECT revision, changed_field, rule_id FROM main.event_revisions "
        "WHERE event_id = 'event-1' ORDER BY revision DESC LIMIT 1"
    )
    assert last.rows() == [(2, "withdrawn", "R-WITHDRAW")]
    before, after = (
        filled.read("SELECT event_id FROM main.events_as_of(?::TIMESTAMPTZ)", [at])
        for at in (LATER - timedelta(seconds=1), LATER)
    )
    assert (before.height, after.height) == (3, 2)


def test_a_good_coding_clears_the_articles_earlier_reject(warehouse: Warehouse) -> None:
    with warehouse.transaction("a", "run") as tx:
        load_articles(tx, [make.article(1)], make.NOW)
        load_coded(tx, [make.rejected(1)], make.NOW)
    with warehouse.transaction("b", "run") as tx:
        load_coded(tx, [make.coded(1)], LATER)
    assert warehouse.read("FROM main.rejects").is_empty()


def _merge_events(warehouse: Warehouse, old: int, new: int, key: str) -> None:
    survivor = make.event(new, num_mentions=2)
    with warehouse.transaction(key, "run") as tx:
        load_resolution(
            tx,
            events=[survivor],
            revisions=[],
            redirects=[make.redirect(old, new, LATER)],
            links=[make.link(old, new)],
            known_at=LATER,
        )


def test_a_merged_event_leaves_the_list_and_its_id_still_resolves(
    filled: Warehouse,
) -> None:
    _merge_events(filled, 3, 2, "m1")
    assert filled.read("SELECT count(*) FROM main.events").item() == 2
    rows = filled.read("SELECT event_id, num_mentions FROM main.event('event-3')")
    assert rows.rows() == [("event-2", 2)]
    assert filled.read("SELECT event_id FROM main.event('event-1')").item() == "event-1"


def test_redirects_stay_one_step_however_many_merges_follow(filled: Warehouse) -> None:
    _merge_events(filled, 3, 2, "m1")
    _merge_events(filled, 2, 1, "m2")
    rows = filled.read(
        "SELECT old_event_id, event_id FROM main.event_redirects ORDER BY 1"
    )
    assert rows.rows() == [("event-2", "event-1"), ("event-3", "event-1")]
    links = filled.read("SELECT DISTINCT event_id FROM core.event_link")
    assert links["event_id"].to_list() == ["event-1"]


def test_as_of_shows_what_was_known_then(filled: Warehouse) -> None:
    toll = replace(make.mention(1), fatalities=Fatalities(14, 14, 14, "14"))
    revision = EventRevision(
        event_id="event-1",
        revision=2,
        valid_from=LATER,
        valid_to=None,
        changed_field="fatalities_best",
        old_value="12",
        new_value="14",
        rule_id="R-REV-2",
        mention_id="mention-1-0",
    )
    closed = replace(make.created(1), valid_to=LATER)
    with filled.transaction("x", "run-2") as tx:
        load_resolution(
            tx,
            events=[make.event(1, coded=toll, known_at=LATER)],
            revisions=[closed, revision],
            redirects=[],
            links=[],
            known_at=LATER,
        )
    query = (
        "SELECT revision, fatalities_best FROM main.events_as_of(?::TIMESTAMPTZ) "
        "WHERE event_id = 'event-1'"
    )
    early = filled.read(query, [make.NOW])
    late = filled.read(query, [LATER])
    assert (early.rows(), late.rows()) == ([(1, 12)], [(2, 14)])
    now = filled.read("SELECT revision, fatalities_best FROM main.event('event-1')")
    assert now.rows() == [(2, 14)]
    assert store_articles.event_revision_numbers(filled, ["event-1"]) == {"event-1": 2}


def test_as_of_before_the_first_report_is_empty(filled: Warehouse) -> None:
    rows = filled.read("FROM main.events_as_of(TIMESTAMPTZ '2020-01-01 00:00:00Z')")
    assert rows.is_empty()
    assert rows.columns == filled.read("FROM main.events").columns


def test_mentions_are_found_by_country_and_day(filled: Warehouse) -> None:
    after = make.DAY + timedelta(days=1)
    blocks = [("MLI", make.DAY), ("NER", make.DAY), ("", make.DAY), ("MLI", after)]
    counts = [len(store_articles.mentions_in_blocks(filled, [b])) for b in blocks]
    assert counts == [3, 0, 0, 0]
    assert len(store_articles.mentions_in_blocks(filled, blocks)) == 3


def test_mentions_without_an_event_are_found(filled: Warehouse) -> None:
    with filled.transaction("x", "run-2") as tx:
        load_articles(tx, [make.article(9)], LATER)
        load_coded(tx, [make.coded(9)], LATER)
    left = store_articles.unresolved_mentions(filled)
    assert [s.mention.mention_id for s in left] == ["mention-9-0"]


def test_articles_a_coder_version_has_not_seen_are_found(filled: Warehouse) -> None:
    assert store_articles.uncoded_articles(filled, "test-1", 9) == []
    assert len(store_articles.uncoded_articles(filled, "test-2", 2)) == 2
