"""Language packs: their tables are sound, and what they render can be traced back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.coding.coder import Coder
from tasks.coding.packs.inflection import surfaces
from tasks.coding.packs.render import render
from tasks.coding.packs.tables import (
    ENTRY_TABLES,
    WORKING,
    languages,
    load_endings,
    load_pack,
)
from tasks.coding.reading.inflect import Inflector
from tasks.coding.reading.lexicon import rows
from tasks.model.reasons import RejectReason
from tests.unit.coding.coding_texts import document

PACKS = [language for language in languages() if language != WORKING]
KINDS = {
    "v", "n", "a", "x", "d", "p", "adv", "name", "num", "scale", "quant", "wday",
    "month", "unit", "part", "bearing", "dist", "have", "be", "the", "some", "of",
    "ofthe", "to", "tothe", "for", "and", "rel", "subj", "obj", "refl", "not1", "not2",
    "none",
}  # fmt: skip
KEY = {"kind", "forms", "gloss", "flags"}


def english_of(family: str) -> set[str]:
    """Return every form of a trigger family of the working language."""
    inflector = Inflector(WORKING)
    return {
        surface
        for row in rows(WORKING, "triggers.tsv")
        if row["family"] == family
        for item in row["forms"].split("|")
        for surface, _ in inflector.surfaces(*item.split(":")[:2])
    }


def said(text: str) -> str:
    return render(load_pack("fr"), text).text


@pytest.mark.parametrize("language", PACKS)
@pytest.mark.parametrize("table", ENTRY_TABLES)
def test_every_entry_is_of_a_known_kind_and_can_be_inflected(
    language: str, table: str
) -> None:
    endings = load_endings(language)
    for row in rows(language, table):
        if row["kind"].startswith("#"):
            continue
        assert set(row) >= KEY
        assert row["kind"] in KINDS, row
        for form in row["forms"].split("|"):
            assert form == form.strip(), row
            assert form, row
            if row["kind"] in {"n", "a"}:
                assert all(
                    surface for surface, _ in surfaces(endings, row["kind"], form)
                )


@pytest.mark.parametrize("language", PACKS)
def test_every_trigger_lands_on_a_form_of_its_family(language: str) -> None:
    found = [r for r in rows(language, "triggers.tsv") if r["kind"] in "vnx"]
    for row in found:
        assert row["gloss"] in english_of(row["family"]), row
    assert len({row["family"] for row in found}) >= 90


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Trois soldats ont été tués par des jihadistes.",
         "3 soldiers were killed by jihadists."),
        ("Un kamikaze s'est fait exploser devant la mosquée.",
         "A suicide bomber blew himself up outside the mosque."),
        ("L'attaque des rebelles contre le village a fait douze morts.",
         "The attack by the rebels against the village left 12 dead."),
        ("L'armée n'a pas attaqué le village.", "The army did not attack the village."),
        ("Les militaires auraient exécuté dix civils.",
         "The soldiers reportedly executed 10 civilians."),
        ("Les rebelles n'ont tué personne.", "The rebels did not kill anyone."),
        ("Ils n'attaquent personne ici.", "They do not attack anyone here."),
        ("Les rebelles attaqueront la ville.", "The rebels will attack the town."),
        ("Des hommes lourdement armés ont ouvert le feu.",
         "Heavily armed men opened fire."),
        ("Les rebelles se sont emparés jeudi de la ville.",
         "The rebels on Thursday seized the town."),
        ("L'armée a repris le village aux rebelles.",
         "The army retook the village from the rebels."),
        ("Les rebelles les ont enlevés.", "The rebels abducted them."),
        ("Il y a deux ans, la ville avait été attaquée.",
         "2 years ago, the town had been attacked."),
        ("Deux gardes ont été tués dans de brefs échanges de tirs.",
         "2 guards were killed in brief exchanges of fire."),
        ("Le bilan est passé de 8 à 11 morts.", "The death toll rose from 8 to 11 deaths."),
        ("Le pouvoir dément toute attaque.", "The power denied all attack."),
        ("Deux habitantes ont été mortellement blessées.", "2 residents were fatally wounded."),
        ("Les rebelles 3R ont attaqué.", "The rebels 3R attacked."),
        ("Ils sont morts après avoir attaqué le camp.", "They died after attacking the camp."),
    ],
)  # fmt: skip
def test_verb_groups_keep_voice_tense_and_negation(french: str, english: str) -> None:
    assert said(french) == english


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("L'état-major affirme avoir tué trente rebelles.",
         "The general staff said they killed 30 rebels."),
        ("Le groupe a annoncé lundi soir avoir enlevé deux maires.",
         "The group on Monday evening announced they abducted 2 mayors."),
        ("Ils sont accusés d'avoir pillé le marché.", "They are accused of looting the market."),
    ],
)  # fmt: skip
def test_what_a_speaker_says_of_himself_has_him_as_subject(
    french: str, english: str
) -> None:
    assert said(french) == english


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Les gendarmes ont arrêté lundi à Zinder quatre hommes.",
         "The gendarmes on Monday in Zinder arrested 4 men."),
        ("La police a dispersé à Thiès des manifestants.",
         "The police in Thiès dispersed protesters."),
        ("L'armée a bombardé dans la région de Kidal les positions des rebelles.",
         "The army in the region of Kidal bombarded the positions of the rebels."),
        ("Les rebelles ont attaqué lundi à Kidal.", "The rebels attacked on Monday in Kidal."),
    ],
)  # fmt: skip
def test_day_and_place_do_not_part_a_verb_from_its_object(
    french: str, english: str
) -> None:
    assert said(french) == english


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Neuf soldats sont tombés lundi.", "9 soldiers died on Monday."),
        ("Trois gendarmes sont tombés près de Gao.", "3 gendarmes died near Gao."),
        ("Les soldats sont tombés dans un fossé.", "The soldiers fell in a ditch."),
        ("La ville est tombée.", "The town fell."),
    ],
)
def test_soldiers_who_fell_are_dead_and_towns_are_not(
    french: str, english: str
) -> None:
    assert said(french) == english


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("soixante-dix civils", "70 civilians"),
        ("quatre-vingt-douze soldats", "92 soldiers"),
        ("soixante et onze morts", "71 dead"),
        ("deux cent trente-cinq civils", "235 civilians"),
        ("12.000 habitants", "12,000 residents"),
        ("mille deux cents déplacés", "1,200 displaced persons"),
        ("une vingtaine de civils", "a vingtaine of civilians"),
        ("plusieurs dizaines de morts", "dozens of deaths"),
        ("au moins dix-sept blessés", "at least 17 wounded"),
    ],
)  # fmt: skip
def test_numbers_are_read(french: str, english: str) -> None:
    assert said(french).lower() == english


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("dans la nuit de samedi à dimanche", "on the night of Saturday to Sunday"),
        ("lundi dernier", "last Monday"),
        ("le 12 mars 2024", "on 12 March 2024"),
        ("le 1er mai", "on 1 May"),
        ("à 20 km au nord de Ménaka", "20 km north of Ménaka"),
        ("dans la région de Tillabéri", "in the region of Tillabéri"),
        ("près de Gao", "near Gao"),
        ("dans la Boucle du Mouhoun", "in Boucle du Mouhoun"),
        ("au Mali", "in Mali"),
        ("dans les années 1990", "in the 1990s"),
        ("moins d'un an après le scrutin", "less than a year after the vote"),
    ],
)  # fmt: skip
def test_dates_and_places_are_read(french: str, english: str) -> None:
    assert said(f"Là, {french}.").split(", ", 1)[1] == f"{english}."


@pytest.mark.parametrize(
    "source",
    [
        "DES HOMMES ARMES ONT ATTAQUE LE VILLAGE DE TABI, TUANT NEUF CIVILS.",
        "des hommes armes ont attaque le village de tabi, tuant neuf civils.",
    ],
)
def test_a_text_without_accents_or_case_is_read(source: str) -> None:
    expected = "gunmen attacked the village of tabi, killing 9 civilians."
    assert said(source).lower() == expected


def test_a_preposition_without_its_accent_is_no_verb() -> None:
    source = "Deux soldats ont ete tues a Gao par des hommes armes."
    assert said(source) == "2 soldiers were killed in Gao by gunmen."


def test_a_false_friend_is_not_left_to_the_lexicon() -> None:
    assert "coups" not in said("Des coups sourds.")


def test_a_listed_name_is_left_as_written() -> None:
    name = "Groupe de soutien à l'islam et aux musulmans"
    assert name in said(f"Le {name} a attaqué le camp.")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "des",
                    "hommes",
                    "armés",
                    "ont",
                    "attaqué",
                    "le",
                    "village",
                    "de",
                    "Gao",
                    ",",
                    "lundi",
                    ".",
                    "l'",
                    "une",
                    "dizaine",
                    "de",
                    "morts",
                    "n'",
                    "pas",
                    "été",
                    "par",
                    "«",
                    "»",
                    "d'",
                    "il",
                    "y",
                    "a",
                    "deux",
                    "ans",
                    "selon",
                    "\n\n",
                    "M23",
                    "à",
                    "20",
                    "km",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=40,
    )
)
def test_every_piece_of_a_rendering_stands_for_a_span_of_the_source(
    words: list[str],
) -> None:
    source = " ".join(words)
    way = render(load_pack("fr"), source)
    last = 0
    for piece in way.pieces:
        assert last <= piece.start < piece.end <= len(way.text)
        assert 0 <= piece.source < piece.source_end <= len(source)
        if piece.is_verbatim:
            assert (
                way.text[piece.start : piece.end]
                == source[piece.source : piece.source_end]
            )
        last = piece.end
    assert sum(c == "\n" for c in way.text) == sum(c == "\n" for c in source)
    start, end = way.origin(0, len(way.text))
    assert 0 <= start <= end <= len(source)


BODY = (
    "Des hommes armés ont attaqué jeudi le village de Bankass, tuant au moins neuf "
    "agriculteurs, selon un élu local. L'attaque a été revendiquée par le GSIM.\n\n"
    "En 2019, une attaque avait fait 160 morts dans la même région."
)


def test_a_french_report_is_coded_in_its_own_words(coder: Coder) -> None:
    report = document(BODY, "Mali : neuf civils tués", language="fr")
    coded = coder.code(report)
    (mention,) = coded.mentions
    assert mention.sub_event_type == "Attack"
    assert mention.event_date.start is not None
    assert mention.event_date.start.isoformat() == "2025-03-13"
    assert mention.event_date.mention == "jeudi"
    assert mention.fatalities.low == 9
    assert "neuf agriculteurs" in {
        c.count_text for c in mention.fatalities.claims
    } or any("neuf" in c.count_text for c in mention.fatalities.claims)
    assert mention.responsibility_status == "claimed"
    for evidence in mention.evidence:
        assert report.text[evidence.start : evidence.end] == evidence.quote
    assert any("2019" in x.quote for x in coded.excluded)
    for x in coded.excluded:
        assert report.text[x.start : x.end] == x.quote


def test_a_french_insert_is_no_text_of_the_article(coder: Coder) -> None:
    body = f"{BODY}\n\nLire aussi : Niger : des hommes armés ont tué dix soldats"
    coded = coder.code(document(body, "Mali : neuf civils tués", language="fr"))
    assert len(coded.mentions) == 1
    assert "read_also" in {x.why for x in coded.excluded}


def test_an_unnamed_language_is_read_from_the_text(coder: Coder) -> None:
    report = document(BODY, "Mali : neuf civils tués", language="fr")
    silent = replace(report, language=None)
    assert coder.code(silent).mentions == coder.code(report).mentions


def test_a_text_of_no_language_is_never_coded_as_english(coder: Coder) -> None:
    coded = coder.code(replace(document("12 345", title="1"), language=None))
    assert coded.reject is not None
    assert coded.reject.reason is RejectReason.LANGUAGE_UNSUPPORTED
    assert coded.reject.detail == "undecided"


@pytest.mark.parametrize("unit", ["de la l'", "quatre-vingt-", "a été ", "«", "12 "])
def test_repetition_is_rendered_in_bounded_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert len(render(load_pack("fr"), text).text) < 10 * len(text)
