"""Phrases that put an event beside a town, between two, or somewhere in its district."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.coding.coder import Coder
from tasks.geoparsing.resolve import Geoparser
from tasks.model.coding import Document, Location
from tasks.reference.gazetteer import Gazetteer

Place = Callable[[str, str], Location]


@pytest.fixture(scope="session")
def place(gazetteer: Gazetteer) -> Place:
    """Where a report from a country puts 'killed'."""
    parser = Geoparser(gazetteer)

    def run(country: str, phrase: str) -> Location:
        title = f"{country}: attack"
        text = f"{title}\n\nGunmen killed four people {phrase} on Monday."
        parsed = parser.parse(Document("a", text, title))
        start = text.index("killed")
        located = parsed.locate(start, start + 6)
        assert located is not None
        return located.location

    return run


@pytest.mark.parametrize(
    ("country", "phrase", "name"),
    [
        ("Mali", "in the cercle of Niafunké", "Niafunké"),
        ("Mali", "in the circle of Niafunké", "Niafunké"),
        ("Mali", "in the Bankass cercle", "Bankass"),
        ("Mali", "in the district of Bankass", "Bankass"),
        ("Nigeria", "in Biu Local Government Area of Borno State", "Biu"),
        ("Nigeria", "in Biu L.G.A. of Borno State", "Biu"),
        ("Democratic Republic of Congo", "in Rutshuru territory", "Rutshuru"),
        ("Sudan", "in Kutum locality", "Kutum"),
        ("Ethiopia", "in Gida Ayana woreda", "Gida Ayana"),
        ("Somalia", "in Afgoye district", "Afgooye"),
    ],
)
def test_a_district_named_after_its_town_is_not_the_town(
    place: Place, country: str, phrase: str, name: str
) -> None:
    found = place(country, phrase)
    assert (found.name, found.geo_precision, found.where_prec) == (name, 2, 3)


@pytest.mark.parametrize(
    ("country", "phrase", "name"),
    [
        ("Haiti", "in the Solino neighbourhood of Port-au-Prince", "Solino"),
        ("Afghanistan", "in Kabul's Dasht-e-Barchi area", "Dasht-e-Barchi"),
        ("Mali", "in the locality of Diafarabé", "Diafarabé"),
        ("Mali", "in the town of Bankass", "Bankass"),
    ],
)
def test_a_quarter_or_a_locality_is_exact(
    place: Place, country: str, phrase: str, name: str
) -> None:
    found = place(country, phrase)
    assert (found.name, found.geo_precision, found.where_prec) == (name, 1, 1)


@pytest.mark.parametrize(
    "phrase",
    [
        "on the Gao-Ansongo road",
        "on the road between Gao and Ansongo",
        "on the road linking Gao to Ansongo",
        "between the towns of Gao and Ansongo",
        "halfway between Gao and Ansongo",
        "on the Gao highway",
        "on the outskirts of Gao",
        "a few kilometers outside Gao",
        "in the Gao countryside",
        "north of Gao",
        "about thirty kilometres from Gao",
    ],
)
def test_a_road_or_its_towns_surroundings_are_near_the_town(
    place: Place, phrase: str
) -> None:
    found = place("Mali", phrase)
    assert (found.name, found.geo_precision, found.where_prec) == ("Gao", 2, 2)


def test_either_end_may_stand_for_a_road(place: Place) -> None:
    found = place("Mali", "on the Douentza–Hombori axis")
    assert found.name in {"Douentza", "Hombori"}
    assert (found.geo_precision, found.where_prec) == (2, 2)


def test_a_stated_distance_and_bearing_move_the_point(place: Place) -> None:
    gao = place("Mali", "in Gao")
    moved = place("Mali", "60 kilometres (37 miles) south-west of Gao")
    assert gao.latitude is not None
    assert moved.latitude is not None
    assert 0.3 < gao.latitude - moved.latitude < 0.45


@pytest.fixture(scope="session")
def french(reference_dir: Path) -> Callable[[str, str], Location]:
    """Where the coder puts the event of a French report."""
    coder = Coder.load(reference_dir)

    def run(title: str, lead: str) -> Location:
        document = Document("a", f"{title}\n\n{lead}", title, language="fr")
        (mention,) = coder.code(document).mentions
        assert mention.location is not None
        return mention.location

    return run


@pytest.mark.parametrize(
    ("phrase", "mention", "name", "geo_precision", "where_prec"),
    [
        (
            "à 20 km au nord de Ménaka", "à 20 km au nord de Ménaka", "Ménaka", 2, 2,
        ),
        ("entre Gao et Ansongo", "entre Gao", "Gao", 2, 2),
        ("dans le cercle de Niafunké", "Niafunké", "Niafunké", 2, 3),
        ("dans la localité de Diafarabé", "Diafarabé", "Diafarabé", 1, 1),
        ("près d'Ansongo", "près d'Ansongo", "Ansongo", 2, 2),
        ("au sud de Gao", "au sud de Gao", "Gao", 2, 2),
        ("à une trentaine de kilomètres de Gao", None, "Gao", 2, 2),
        ("sur l'axe Gao-Ansongo", None, "Gao", 2, 2),
        ("dans la région de Tombouctou", None, "Timbuktu", 3, 4),
    ],
)  # fmt: skip
def test_french_phrases_say_the_same(
    french: Callable[[str, str], Location],
    phrase: str,
    mention: str | None,
    name: str,
    geo_precision: int,
    where_prec: int,
) -> None:
    found = french(
        "Mali : une attaque fait trois morts",
        f"Des hommes armés ont tué trois civils dimanche {phrase}, selon l'armée.",
    )
    assert (found.name, found.geo_precision) == (name, geo_precision)
    assert found.where_prec == where_prec
    assert mention is None or found.mention == mention


@pytest.mark.parametrize(
    ("country", "phrase", "name"),
    [
        ("Haiti", "at Saut-d'Eau", "Saut-d'Eau"),
        ("Haiti", "in Croix-des-Bouquets", "Croix-des-Bouquets"),
        ("Haiti", "in Port-au-Prince", "Port-au-Prince"),
        ("Philippines", "in Impasug-ong, Bukidnon", "Impasugong"),
        ("Philippines", "in Sitio Lampak, Impasug-ong, Bukidnon", "Impasugong"),
        ("Philippines", "in Barangay Trinidad, Guihulngan City", "Guihulñgan"),
    ],
)
def test_hyphens_and_apostrophes_belong_to_a_name(
    place: Place, country: str, phrase: str, name: str
) -> None:
    assert place(country, phrase).name == name


@pytest.mark.parametrize(
    ("phrase", "country", "name"),
    [
        ("in the Baba Amr district of Homs", "SYR", "Homs"),
        ("in the Toussaint Louverture quarter of Port-au-Prince", "HTI", "Port-au-Prince"),
        ("near Lal Chowk in Srinagar", "IND", "Srinagar"),
        ("at Mwe Tone village in Magway Region's Pale township", "MMR", "Pale"),
        ("in the Canapé-Vert area of Port-au-Prince", "HTI", "Port-au-Prince"),
    ],
)  # fmt: skip
def test_one_word_of_an_unknown_name_is_no_place_abroad(
    gazetteer: Gazetteer, phrase: str, country: str, name: str
) -> None:
    text = f"Four killed\n\nGunmen killed four people {phrase} on Monday."
    parsed = Geoparser(gazetteer).parse(Document("a", text, "Four killed"))
    start = text.index("killed", 12)
    located = parsed.locate(start, start + 6)
    assert located is not None
    assert (located.location.country, located.location.name) == (country, name)


def test_a_class_of_place_names_no_place(gazetteer: Gazetteer) -> None:
    text = "Talks\n\nThe Area Council of the Region met in Barangay Hall."
    parsed = Geoparser(gazetteer).parse(Document("a", text, "Talks"))
    assert not {t.place.country for t in parsed.toponyms if t.place}


def test_a_name_outside_the_unit_it_is_said_to_head_does_not_vote(
    gazetteer: Gazetteer,
) -> None:
    text = "Raid\n\nRebels raided Beni, headquarters of Myagdi district, on Monday."
    assert Geoparser(gazetteer).parse(Document("a", text, "Raid")).country == "NPL"


def test_what_people_of_a_town_do_on_its_road_happened_in_the_town(
    gazetteer: Gazetteer,
) -> None:
    text = "Nigeria\n\nYouths in Mangu blocked the Mangu-Jos road. They burned cars."
    parsed = Geoparser(gazetteer).parse(Document("a", text, "Nigeria"))
    start = text.index("burned")
    located = parsed.locate(start, start + 6)
    assert located is not None
    assert located.location.name == "Mangu"
