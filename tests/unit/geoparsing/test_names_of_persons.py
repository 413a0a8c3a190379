"""Names of persons, clubs and institutions that are also places, and the places themselves."""

from collections.abc import Callable

import pytest

from tasks.geoparsing.resolve import Geoparser
from tasks.geoparsing.values import Toponym, ToponymClass
from tasks.model.coding import Document
from tasks.reference.gazetteer import Gazetteer

Find = Callable[[str, str], list[Toponym]]


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer) -> Find:
    """Return the toponyms that overlap the first of some words."""
    parser = Geoparser(gazetteer)

    def run(sentence: str, words: str) -> list[Toponym]:
        text = f"Report\n\n{sentence}"
        at = text.index(words)
        parsed = parser.parse(Document("a", text, "Report"))
        end = at + len(words.split(maxsplit=1)[0])
        return [t for t in parsed.toponyms if t.start < end and at < t.end]

    return run


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Russian President Vladimir Putin said on Monday.", "Vladimir"),
        ("Vladimir said the army would not retreat.", "Vladimir"),
        ("Students of Lagos State University protested on Monday.", "Lagos"),
        ("Paris Saint-Germain beat Lyon in Paris.", "Paris Saint-Germain"),
        ("Andrew Jackson was there. Jackson said the police fired.", "Jackson said"),
        ("Michael Jordan scored 30 points.", "Jordan"),
        ("Chad Johnson said he saw the shooting.", "Chad"),
        ("Israel Adesanya won the fight.", "Israel"),
        ("Salvador Allende was overthrown.", "Salvador"),
        ("Sydney Mufamadi visited the camp.", "Sydney"),
        ("Carolina Ramirez was kidnapped in Cali.", "Carolina"),
        ("The New York Times reported the attack.", "New York"),
        ("Police commissioner Abubakar Lafiagi said so.", "Lafiagi"),
        ("General Abdulsalami Zaria told reporters so.", "Zaria"),
        ("Judge Kingston Okoro ordered the release.", "Kingston"),
        ("London Metropolitan Police arrested five men.", "London"),
        ("Kenya Airways cancelled flights.", "Kenya"),
        ("Sheikh Hassan Nasrallah was killed in Beirut.", "Nasrallah"),
        ("Francis Kabul, a witness, fled.", "Kabul"),
    ],
)
def test_a_person_or_an_institution_is_no_place(
    find: Find, sentence: str, words: str
) -> None:
    classes = {t.toponym_class for t in find(sentence, words)}
    assert ToponymClass.LITERAL not in classes


@pytest.mark.parametrize(
    ("sentence", "words", "country"),
    [
        ("The blast hit the city of Vladimir, east of Moscow.", "Vladimir", "RUS"),
        ("Police shot a man in Jackson, Mississippi.", "Jackson", "USA"),
        ("Jordan said it had shot down drones over Amman.", "Jordan", "JOR"),
        ("Soldiers killed bandits in Chad near N'Djamena.", "Chad", "TCD"),
        ("Chad President Mahamat Deby spoke in N'Djamena.", "Chad", "TCD"),
        ("The president of Georgia spoke in Tbilisi.", "Georgia", "GEO"),
        ("Police in Atlanta, Georgia, shot a man on Monday.", "Georgia", "USA"),
        ("Protesters in Tbilisi, Georgia, clashed with police.", "Georgia", "GEO"),
        ("Washington said the strike killed five in Somalia.", "Washington", "USA"),
        ("Moscow denied the strike.", "Moscow", "RUS"),
        ("Colonel Assimi Goita said Mali would fight on.", "Mali", "MLI"),
        ("Mali soldiers killed ten jihadists near Gao.", "Mali", "MLI"),
        ("Niger Delta militants bombed a pipeline.", "Niger Delta", "NGA"),
        ("Israel Iran talks failed on Monday.", "Israel", "ISR"),
    ],
)
def test_the_place_of_that_name_stays_one(
    find: Find, sentence: str, words: str, country: str
) -> None:
    found = find(sentence, words)[0]
    assert found.toponym_class is not ToponymClass.PERSON
    assert found.country == country


def test_mali_is_never_read_as_a_persons_name(gazetteer: Gazetteer) -> None:
    """A country nobody is named after stays one after a given name too."""
    text = "Report\n\nPresident Ibrahim Mali visited. Mali mourned."
    parsed = Geoparser(gazetteer).parse(Document("a", text, "Report"))
    assert [t.country for t in parsed.toponyms if t.text == "Mali"][-1] == "MLI"
