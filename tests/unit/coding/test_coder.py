from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.coding.coder import Coder
from tasks.model.coding import CodedArticle, Document, TemporalStatus
from tasks.model.reasons import RejectReason
from tests.unit.coding.coding_texts import document

SEED = Path(__file__).parents[4] / "shared" / "seed" / "lere_article.txt"

# CODEBOOK 12 told in our own words.
SCENARIO = """BAMAKO, Sept 17 (TSP) - Armed men overran both army camps of Léré, in the Timbuktu Region of northern Mali, on Sunday after fighting with the garrison, two elected officials and a military source said.

"For now the men who came hold the camps, and we are waiting for help," one of the officials said.

The spokesman of the Coordination of Movements of Azawad (CMA) claimed the attack in a telephone call and said that the alliance had killed several soldiers.

(Read also: Farmers block the road to Segou)

Tuareg rebels rose against the state in 2012, and jihadist groups then occupied the north. The rebels signed a peace accord in 2015. The officers in power took over in a coup in August 2020.

Subscribe to our newsletter"""


def scenario() -> Document:
    title = "Two army camps in Léré taken by armed men"
    return Document(
        "scenario", f"{title}\n\n{SCENARIO}", title,
        published_at=datetime(2023, 9, 18, 8, tzinfo=UTC), outlet_country="MLI",
    )  # fmt: skip


def check_reference_event(coded: CodedArticle) -> None:
    """CODEBOOK 12: what the seed article and its retelling must come out as."""
    assert len(coded.mentions) == 1
    event = coded.mentions[0]
    assert event.event_type == "Battles"
    assert event.sub_event_type == "Non-state actor overtakes territory"
    assert event.event_date.start is not None
    assert event.event_date.start.isoformat() == "2023-09-17"
    assert event.side1[0].name.startswith("Coordination of Movements of Azawad")
    assert event.side2[0].name == "Military Forces of Mali"
    assert event.responsibility_status == "claimed"
    assert (event.fatalities.low, event.fatalities.best) == (3, None)
    assert event.fatalities.text == "several soldiers"
    claimant = event.fatalities.claims[0].claimant or ""
    assert "Coordination of Movements of Azawad" in claimant or "CMA" in claimant


def test_reference_scenario_in_our_words(reference_dir: Path) -> None:
    coded = Coder.load(reference_dir).code(scenario())
    check_reference_event(coded)
    place = coded.mentions[0].location
    assert (place.country, place.name) == ("MLI", "Léré")
    assert (round(place.latitude or 0), round(place.longitude or 0)) == (16, -5)
    past = " ".join(e.quote for e in coded.excluded if e.why == "historical")
    assert all(year in past for year in ("2012", "2015", "August 2020"))
    assert {e.why for e in coded.excluded} >= {"read_also", "newsletter"}


@pytest.mark.skipif(not SEED.is_file(), reason="the seed article is not beside us")
def test_seed_article_comes_out_as_the_codebook_says(reference_dir: Path) -> None:
    text = SEED.read_text("utf-8")
    title = text.split("\n", 1)[0]
    coded = Coder.load(reference_dir).code(
        Document("seed", text, title, published_at=datetime(2023, 9, 18, 8, tzinfo=UTC))
    )
    check_reference_event(coded)
    assert (coded.mentions[0].location.country, coded.mentions[0].location.name) == (
        "MLI",
        "Léré",
    )
    why = [e.why for e in coded.excluded]
    assert why.count("read_also") == 2
    assert why.count("newsletter") == 2
    assert why.count("comments") == 1
    past = " ".join(e.quote for e in coded.excluded if e.why == "historical")
    assert all(y in past for y in ("2012", "2013", "2015", "August 2020", "May 2021"))


def test_coding_is_deterministic(coder: Coder) -> None:
    assert coder.code(scenario()) == coder.code(scenario())
    assert Coder.without_places().code(scenario()) == coder.code(scenario())


def test_evidence_is_verbatim_and_names_its_rule(coder: Coder) -> None:
    found = scenario()
    for mention in coder.code(found).mentions:
        fields = {e.field for e in mention.evidence}
        assert {
            "event",
            "event_type",
            "actor1",
            "actor2",
            "date",
            "fatalities",
        } <= fields
        for evidence in mention.evidence:
            assert found.text[evidence.start : evidence.end] == evidence.quote
            assert evidence.rule_id


def test_exclusions_are_verbatim(coder: Coder) -> None:
    found = scenario()
    for excluded in coder.code(found).excluded:
        assert found.text[excluded.start : excluded.end] == excluded.quote


def test_without_publication_date_the_event_is_undated(coder: Coder) -> None:
    text = "Gunmen attacked the village of Bankass on Thursday, killing nine farmers."
    mention = coder.code(document(text, published=None)).mentions[0]
    assert mention.event_date.start is None


def test_upper_case_wire_text_is_coded(coder: Coder) -> None:
    text = (
        "GUNMEN ATTACKED THE VILLAGE OF BANKASS ON THURSDAY, KILLING NINE FARMERS. "
        "THE ATTACKERS FLED."
    )
    mention = coder.code(document(text)).mentions[0]
    assert mention.sub_event_type == "Attack"
    assert mention.fatalities.best == 9


def test_unsupported_language_is_a_reject(coder: Coder) -> None:
    coded = coder.code(document("Des hommes armés ont attaqué.", language="sw"))
    assert coded.reject is not None
    assert coded.reject.reason is RejectReason.LANGUAGE_UNSUPPORTED


def test_an_empty_text_is_a_reject(coder: Coder) -> None:
    coded = coder.code(document("", title=""))
    assert coded.reject is not None
    assert coded.reject.reason is RejectReason.NO_BODY


def test_first_mention_is_primary_and_ordinals_count_up(coder: Coder) -> None:
    coded = coder.code(document(ROUND_UP, "The week"))
    assert [m.ordinal for m in coded.mentions] == list(range(len(coded.mentions)))
    assert [m.primary for m in coded.mentions] == [True] + [False] * (
        len(coded.mentions) - 1
    )
    assert len({m.mention_id for m in coded.mentions}) == len(coded.mentions)


ROUND_UP = """MALI. Fighters of JNIM ambushed an army convoy near Bankass on Monday, killing eight soldiers.

NIGER. Gunmen kidnapped two engineers near Dosso on Wednesday.

TOGO. Gendarmes arrested six men accused of supplying fuel to jihadists in Dapaong on Tuesday."""


def test_each_entry_of_a_round_up_is_its_own_event(coder: Coder) -> None:
    coded = coder.code(document(ROUND_UP, "The week"))
    kinds = [m.sub_event_type for m in coded.mentions]
    assert kinds == ["Armed clash", "Abduction/forced disappearance", "Arrests"]
    assert [m.event_date.start.day for m in coded.mentions if m.event_date.start] == [
        10,
        12,
        11,
    ]
    assert [m.fatalities.best for m in coded.mentions] == [8, None, None]
    assert {m.temporal_status for m in coded.mentions[1:]} == {
        TemporalStatus.RECENT_OTHER
    }


def test_one_running_story_is_one_event(coder: Coder) -> None:
    text = (
        "Gunmen stormed the village of Bankass on Thursday, killing nine farmers.\n\n"
        "The attackers burned 20 houses and stole cattle. They abducted three women.\n\n"
        "The dead were buried the same evening. Residents fled."
    )
    assert len(coder.code(document(text)).mentions) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Gunmen", "attacked", "the village", "on Thursday", ",", "killing", "nine",
             "farmers", ".", "“", "”", "said", "police", "and", "by", "JNIM", "(", ")",
             "\n\n", "in 2012", "if", "not", "drones", "struck", "fell to", "between"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_no_order_of_words_breaks_the_coder(words: list[str]) -> None:
    found = document(" ".join(words))
    coded = _CODER.code(found)
    assert (coded.reject is None) == bool(coded.mentions)
    for mention in coded.mentions:
        assert all(found.text[e.start : e.end] == e.quote for e in mention.evidence)
        assert 0 <= mention.confidence <= 1


_CODER = Coder.without_places()
