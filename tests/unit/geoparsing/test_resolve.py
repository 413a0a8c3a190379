"""Country first, then the place in it; where an event happened."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.geoparsing.document import GeoDocument
from tasks.geoparsing.resolve import Geoparser
from tasks.geoparsing.values import Located, ToponymClass
from tasks.model.coding import Document
from tasks.reference.gazetteer import Gazetteer

Parse = Callable[..., GeoDocument]


@pytest.fixture(scope="session")
def parser(gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(gazetteer)


@pytest.fixture
def parse(parser: Geoparser) -> Parse:
    def run(title: str, *paragraphs: str, outlet: str | None = None) -> GeoDocument:
        text = "\n\n".join((title, *paragraphs))
        return parser.parse(Document("a", text, title, outlet_country=outlet))

    return run


def _locate(parsed: GeoDocument, words: str) -> Located:
    start = parsed.text.index(words)
    located = parsed.locate(start, start + len(words))
    assert located is not None
    return located


@pytest.mark.parametrize(
    ("title", "lead", "country"),
    [
        (
            "Mali: camp attacked",
            "Gunmen attacked Léré on Sunday, the army said.",
            "MLI",
        ),
        ("Chad: herders clash", "Farmers attacked herders in Léré on Sunday.", "TCD"),
        ("Nigeria: bandits strike", "Bandits attacked Lere on Sunday.", "NGA"),
    ],
)
def test_the_country_decides_between_namesakes(
    parse: Parse, title: str, lead: str, country: str
) -> None:
    located = _locate(parse(title, lead), "attacked")
    assert located.location.country == country
    assert located.location.geo_precision == 1


def test_the_largest_namesake_does_not_win_against_the_country(parse: Parse) -> None:
    parsed = parse(
        "Mozambique: insurgents raid town",
        "Insurgents raided Palma in Cabo Delgado province on Monday, officials said.",
    )
    location = _locate(parsed, "raided").location
    assert (location.country, location.admin1) == ("MOZ", "Cabo Delgado")


def test_a_dateline_is_not_the_place_of_the_event(parse: Parse) -> None:
    parsed = parse(
        "Gunmen attack army camp",
        "BAMAKO, Mali (AFP) – Gunmen attacked an army camp in Goundam on Saturday.",
    )
    assert parsed.dateline is not None
    assert parsed.dateline.text == "BAMAKO"
    assert _locate(parsed, "attacked").location.name == "Goundam"


@pytest.mark.parametrize(
    ("phrase", "name", "geo_precision", "where_prec"),
    [
        ("in Ménaka", "Ménaka", 1, 1),
        ("near Ménaka", "Ménaka", 2, 2),
        ("20 km north of Ménaka", "Ménaka", 2, 2),
        ("about ten kilometres from Ménaka", "Ménaka", 2, 2),
        ("in the Timbuktu region", "Timbuktu", 3, 4),
    ],
)
def test_both_precision_scales_follow_the_words(
    parse: Parse, phrase: str, name: str, geo_precision: int, where_prec: int
) -> None:
    parsed = parse("Mali: attack", f"Gunmen killed five soldiers {phrase} on Monday.")
    located = _locate(parsed, "killed")
    location = located.location
    assert location.name == name
    assert (location.geo_precision, location.where_prec) == (geo_precision, where_prec)
    assert parsed.text[located.start : located.end] == location.mention


def test_the_directional_phrase_is_kept_in_the_mention(parse: Parse) -> None:
    parsed = parse(
        "Mali: attack", "Gunmen killed five 20 km north of Ménaka on Monday."
    )
    assert _locate(parsed, "killed").location.mention == "20 km north of Ménaka"


def test_an_unknown_name_keeps_its_words_and_gets_no_point(parse: Parse) -> None:
    parsed = parse(
        "Mali: attack", "Gunmen killed five people in Zzyxqwitown on Monday night."
    )
    location = _locate(parsed, "killed").location
    assert location.name == "Zzyxqwitown"
    assert location.latitude is None
    assert location.place_id is None
    assert location.country == "MLI"


def test_nothing_is_invented_when_the_text_names_no_place(parse: Parse) -> None:
    parsed = parse("Attack", "Gunmen killed five people on Monday.")
    start = parsed.text.index("killed")
    assert parsed.locate(start, start + 6) is None
    assert parsed.country is None


def test_a_round_up_changes_country_with_its_paragraphs(parse: Parse) -> None:
    parsed = parse(
        "Sahel in brief",
        "Burkina Faso: Jihadists attacked a post in Djibo on Monday.",
        "Niger: Two engineers were kidnapped near Dosso on Tuesday.",
    )
    assert _locate(parsed, "attacked").location.country == "BFA"
    assert _locate(parsed, "kidnapped").location.country == "NER"


def test_an_event_without_a_place_takes_the_one_told_beside_it(parse: Parse) -> None:
    parsed = parse(
        "Mali: camp attacked",
        "Gunmen stormed the army camp in Goundam. Twelve soldiers died in the assault.",
    )
    located = _locate(parsed, "died")
    assert located.location.name == "Goundam"
    assert located.rule_id == "place.neighbour"


def _classes(parsed: GeoDocument) -> dict[str, ToponymClass]:
    return {t.text: t.toponym_class for t in parsed.toponyms}


def test_persons_are_no_places(parse: Parse) -> None:
    parsed = parse(
        "Russia strikes",
        "President Vladimir Putin met Jordan Henderson in Moscow.",
    )
    found = _classes(parsed)
    assert found["Moscow"] is ToponymClass.LITERAL
    assert found.get("Vladimir", ToponymClass.PERSON) is ToponymClass.PERSON
    assert all(
        t.place is None for t in parsed.toponyms if t.text in {"Vladimir", "Henderson"}
    )


def test_a_surname_stays_a_person_when_it_stands_alone(parse: Parse) -> None:
    parsed = parse(
        "Report",
        "The officer, Colonel Abdou Dosso, spoke in Niamey. Dosso gave no toll.",
    )
    assert [t.toponym_class for t in parsed.toponyms if t.text == "Dosso"] == [
        ToponymClass.PERSON,
        ToponymClass.PERSON,
    ]


def test_a_name_inside_an_organisation_is_associative(parse: Parse) -> None:
    parsed = parse(
        "Nigeria: strike", "Lagos State University lecturers met in Abuja on Monday."
    )
    classes = [t.toponym_class for t in parsed.toponyms if t.text.startswith("Lagos")]
    assert classes == [ToponymClass.ASSOCIATIVE]


def test_demonyms_point_to_their_country(parse: Parse) -> None:
    parsed = parse("Report", "Malian soldiers and Burkinabe volunteers were killed.")
    assert [(t.text, t.country) for t in parsed.toponyms] == [
        ("Malian", "MLI"),
        ("Burkinabe", "BFA"),
    ]


def test_inserts_are_not_read(parser: Geoparser) -> None:
    text = (
        "Mali: attack\n\nGunmen attacked Léré.\n\nRead also: Kosovo police in Mitrovica"
    )
    at = text.index("Read also")
    document = Document(
        "a", text, "Mali: attack", excluded_spans=((at, len(text), "x"),)
    )
    assert {t.country for t in parser.parse(document).toponyms} == {"MLI"}


def test_parsing_is_deterministic(parser: Geoparser) -> None:
    text = "Report\n\nFighting near Goma and Sake, North Kivu, as M23 took Masisi."
    first, second = (parser.parse(Document("a", text, "Report")) for _ in range(2))
    assert first.toponyms == second.toponyms
    assert first.votes == second.votes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.integers(0, 300))
def test_no_text_breaks_the_parser(parser: Geoparser, text: str, at: int) -> None:
    parsed = parser.parse(Document("a", text, ""))
    for toponym in parsed.toponyms:
        assert text[toponym.start : toponym.end] == toponym.text
    located = parsed.locate(at, at + 3)
    assert located is None or text[located.start : located.end] == (
        located.location.mention
    )


def test_time_grows_with_the_length_of_the_text_only(parser: Geoparser) -> None:
    """A page of nothing but capitals must not blow up: spans are bounded."""
    text = "Gao Kidal Mopti " * 3_000
    assert len(parser.parse(Document("a", text, "")).toponyms) <= 9_000


def test_a_class_word_in_capitals_is_no_place(parser: Geoparser) -> None:
    text = (
        "Two policemen were killed in Bannu on Monday.\n\nThe bomb was detonated by "
        "remote control, the District Police Officer said."
    )
    parsed = parser.parse(Document("d", text, ""))
    start = text.index("detonated")
    located = parsed.locate(start, start + 9)
    assert located is not None
    assert located.location.name == "Bannu"


@pytest.mark.parametrize(
    ("words", "inner"),
    [
        ("in Merawi, a market town 30 km south of Bahir Dar, Ethiopia", "Merawi"),
        ("in the Mangochar area of Kalat district in Pakistan", "Mangochar"),
        ("at Koutruk in Imphal West district of India", "Koutruk"),
        ("in the West Bank city of Nablus", "Nablus"),
    ],
)
def test_the_innermost_of_nested_names_is_the_place(
    parser: Geoparser, words: str, inner: str
) -> None:
    text = f"Gunmen killed three people {words} on Tuesday, police said."
    parsed = parser.parse(Document("d", text, ""))
    start = text.index("killed")
    located = parsed.locate(start, start + 6)
    assert located is not None
    assert located.location.name == inner
    assert located.location.mention.endswith(inner)


def test_a_quarter_lies_in_its_town_not_at_a_distant_namesake(
    parser: Geoparser,
) -> None:
    text = (
        "A drone dropped an explosive at a bus stop in Kherson's Dniprovskyi district."
    )
    parsed = parser.parse(Document("d", text, ""))
    start = text.index("dropped")
    located = parsed.locate(start, start + 7)
    assert located is not None
    assert located.location.name == "Kherson"


@pytest.mark.parametrize(
    ("lead", "words", "unit"),
    [
        ("Police in Louisville, Ky., shot a man.", "Ky", "Kentucky"),
        ("A fire broke out in Kelowna, B.C., on Monday.", "B.C.", "British Columbia"),
        ("Crews in B.C. fought fires.", "B.C.", "British Columbia"),
        ("A man from Brandon, Man., was shot.", "Man", "Manitoba"),
    ],
)
def test_an_abbreviated_state_is_known_after_its_town(
    parse: Parse, lead: str, words: str, unit: str
) -> None:
    found = {t.text: t.place for t in parse("Report", lead).toponyms}
    place = found[words]
    assert place is not None
    assert (place.kind, place.name) == ("admin1", unit)


@pytest.mark.parametrize(
    "lead",
    [
        "A Man. The city in the west of Ivory Coast was calm.",
        "The tomb of 300 B.C. was found.",
        "Mo Salah scored.",
    ],
)
def test_the_same_letters_elsewhere_are_no_state(parse: Parse, lead: str) -> None:
    units = {
        t.place.name
        for t in parse("Report", lead).toponyms
        if t.place is not None and t.place.kind == "admin1"
    }
    assert units.isdisjoint({"Manitoba", "British Columbia", "Missouri"})
