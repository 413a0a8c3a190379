import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extraction import inserts
from tasks.extraction.inserts import cut_inserts
from tasks.extraction.page import paragraph_key
from tasks.text.fold import fold

FIRST = "Soldiers and armed men exchanged fire near the market, residents said."
LAST = "The governor has called for calm."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("Read also: Shelling cuts power in Nikopol", "read_also", id="en"),
        pytest.param("(Read Also: Two killed in ambush)", "read_also", id="brackets"),
        pytest.param("READ ALSO | Kharkiv: two dead in strike", "read_also", id="bar"),
        pytest.param("READ ALSO Two killed in fresh shelling", "read_also", id="capitals"),
        pytest.param("Also read - Ferry capsizes, six missing", "read_also", id="dash"),
        pytest.param("Baca juga / Read also: Bandits abduct 30", "read_also", id="two-labels"),
        pytest.param("Lire aussi : Trois soldats tués à Ménaka", "read_also", id="fr"),
        pytest.param("À lire aussi", "read_also", id="fr-alone"),
        pytest.param("Mehr zum Thema: Drei Tote bei Angriff", "read_also", id="de"),
        pytest.param("Lea también: Mueren tres soldados en Arauca", "read_also", id="es"),
        pytest.param("اقرأ أيضا: مقتل ثلاثة جنود في هجوم", "read_also", id="ar"),
        pytest.param("Читайте также: Обстрел города", "read_also", id="ru"),
        pytest.param("Also in World: Rival marches; mutiny in the north", "related_list", id="elsewhere"),
        pytest.param("Latest: Baht slides | Flood warning | Clash leaves 12 dead", "related_list", id="list"),
        pytest.param("Judicial: Capture in the port | Trader speaks", "related_list", id="unlabelled-list"),
        pytest.param("Most read", "related_list", id="most-read"),
        pytest.param("Sign up for The Morning Brief. One email a day, no spam.", "newsletter", id="newsletter"),
        pytest.param("Inscrivez-vous à notre lettre quotidienne", "newsletter", id="newsletter-fr"),
        pytest.param("Suscríbete a nuestro boletín", "newsletter", id="newsletter-es"),
        pytest.param("اشترك في نشرتنا البريدية", "newsletter", id="newsletter-ar"),
        pytest.param("You have 2 free articles left this month.", "newsletter", id="meter"),
        pytest.param("Share on WhatsApp · Share on Facebook · 214 shares", "share_bar", id="share"),
        pytest.param("Follow us on Facebook and Telegram", "share_bar", id="follow"),
        pytest.param("Follow Maghreb Letter", "share_bar", id="follow-outlet"),
        pytest.param("Send us your photos and videos", "share_bar", id="send"),
        pytest.param("ADVERTISEMENT", "advertisement", id="ad"),
        pytest.param("Publicité", "advertisement", id="ad-fr"),
        pytest.param("Sponsored: This man discovered how to earn", "advertisement", id="sponsored"),
        pytest.param("Compare travel insurance from £4", "advertisement", id="price"),
        pytest.param("File photo: a street in Omdurman, April 2025", "caption", id="file-photo"),
        pytest.param("Graves at the edge of town. Photo: A. Hamadoun / Infos", "caption", id="credit"),
        pytest.param("Caskets arrive at the airport. ANA/Handout", "caption", id="handout"),
        pytest.param("Fighters on parade in Goma, 2025. (Archive)", "caption", id="archive"),
        pytest.param("Comments", "comments", id="comments"),
        pytest.param("27 comments", "comments", id="comment-count"),
        pytest.param("Comments (41) Closed", "comments", id="comments-closed"),
        pytest.param("Log in to comment (17)", "comments", id="log-in"),
        pytest.param("14:32 GMT", "timestamp", id="clock"),
        pytest.param("10.15am", "timestamp", id="clock-dots"),
        pytest.param("Last updated: 3 March 2026", "timestamp", id="updated"),
        pytest.param("© 2026 The Herald. All rights reserved.", "footer", id="copyright"),
    ],
)  # fmt: skip
def test_inserts_are_cut_and_kept_as_spans(line: str, reason: str) -> None:
    cleaned = cut_inserts([FIRST, line, LAST])
    assert cleaned.paragraphs == (FIRST, LAST)
    (removal,) = cleaned.removals
    assert (removal.text, removal.reason, removal.paragraph) == (line, reason, 1)
    assert removal.rule_id


@pytest.mark.parametrize(
    "line",
    [
        "The group's newsletter, seen by two analysts, claimed the attack.",
        "Read also what the minister wrote: he denied every word of it, and said the army had left.",
        "Residents were told to subscribe to an alert service, the mayor said.",
        "Photos of the wreck were shared on Telegram, where the group has 40,000 followers.",
        "Related violence killed nine people in the district last week.",
        "Comments by the spokesman were not confirmed by the army.",
        "Advertisement hoardings were torn down by the crowd, police said.",
        "Latest figures put the toll at 12, the ministry said.",
        "Follow-up strikes killed two rescuers.",
        "At 14:32 GMT the first shell fell on the market.",
        "Peace deal offers hope to traders",
        "Armed group claims responsibility for the attack",
        "Share prices fell after the attack.",
        "He was killed near the national archive.",
        "| Ticker | Change |",
        "Date: Saturday | Time: 15:30",
        "“Join us on the square,” he told the crowd.",
        "Support the wounded need is not being met, doctors said.",
        "Background: the army has fought the group since 2012.",
        "Lire aux enfants est interdit dans ces écoles, a dit un maître.",
        "قرأ الجنود أيضا البيان قبل انسحابهم من المعسكر.",
    ],
)
def test_a_sentence_that_merely_has_such_words_stays(line: str) -> None:
    assert cut_inserts([FIRST, line, LAST]) == inserts.Cleaned((FIRST, line, LAST), ())


def test_an_insert_inside_a_paragraph_is_cut_from_it() -> None:
    text = "Nine people died. (READ ALSO: Explosion rocks Quetta market) Police came."
    cleaned = cut_inserts([FIRST, text])
    assert cleaned.paragraphs == (FIRST, "Nine people died. Police came.")
    (removal,) = cleaned.removals
    assert removal.text == "(READ ALSO: Explosion rocks Quetta market)"
    assert (removal.paragraph, removal.rule_id) == (1, "inline:label")


def test_brackets_that_are_part_of_the_sentence_stay() -> None:
    text = "The Coordination of Movements of Azawad (CMA) said so (see below)."
    assert cut_inserts([text]).paragraphs == (text,)


def test_linked_headlines_go_and_linked_sentences_stay() -> None:
    headline = "Rebels in the east enter Uvira suburbs"
    sentence = "The full report is here."
    linked = {paragraph_key(headline), paragraph_key(sentence)}
    cleaned = cut_inserts([FIRST, headline, sentence, LAST], linked=linked)
    assert cleaned.paragraphs == (FIRST, sentence, LAST)


def test_a_line_the_page_declares_a_caption_is_cut() -> None:
    caption = "The old mosque, burned in 2019"
    cleaned = cut_inserts([FIRST, caption], captions={caption})
    assert cleaned.paragraphs == (FIRST,)
    assert cleaned.removals[0].rule_id == "line:declared-caption"


def test_contact_lines_at_the_end_are_cut() -> None:
    contact = "Ann Lee is a reporter. Contact her at ann@herald.example."
    cleaned = cut_inserts([FIRST, LAST, contact])
    assert cleaned.paragraphs == (FIRST, LAST)
    assert cleaned.removals[0].reason == "author"


@given(st.lists(st.text(max_size=120), max_size=12))
def test_nothing_is_lost_between_text_and_removals(lines: list[str]) -> None:
    """Whatever is not kept is a removal, and removals stand in range."""
    cleaned = cut_inserts(lines)
    inline = sum(r.rule_id == "inline:label" for r in cleaned.removals)
    whole = len(cleaned.removals) - inline
    assert len(cleaned.paragraphs) + whole + inline >= len([x for x in lines if x])
    assert all(0 <= r.paragraph <= len(cleaned.paragraphs) for r in cleaned.removals)


def test_cutting_twice_cuts_nothing_more() -> None:
    lines = [
        FIRST,
        "Read also: Two killed",
        "Nine died. (Read also: X) Then rain.",
        LAST,
    ]
    once = cut_inserts(lines)
    assert cut_inserts(once.paragraphs) == inserts.Cleaned(once.paragraphs, ())


def test_wordings_are_well_formed() -> None:
    path = Path(inserts.__file__).with_name("inserts.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data["version"]
    for kind in ("labels", "openers", "phrases"):
        for reason, by_language in data[kind].items():
            for language, words in by_language.items():
                assert 2 <= len(language) <= 3, (kind, reason, language)
                assert words
                assert all(fold(word).strip() for word in words)


def test_a_long_hostile_line_is_read_in_linear_time() -> None:
    hostile = "(" * 200_000 + "read also:" * 20_000 + "|" * 100_000
    assert cut_inserts([hostile]).paragraphs == (hostile,)
