"""What came of it decides the type: who holds the place, who died, who was helpless."""

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import EventMention
from tests.unit.coding.coding_texts import document


def _first(coder: Coder, body: str, country: str) -> EventMention:
    return coder.code(document(body, country=country)).mentions[0]


OVERTAKES = "Non-state actor overtakes territory"
REGAINS = "Government regains territory"


@pytest.mark.parametrize(
    ("country", "body", "sub_type", "side1"),
    [
        ("UKR", "The town of Toretsk is in Russian hands after Ukrainian soldiers withdrew on Wednesday. Both armies said so.", OVERTAKES, "Military Forces of Russia"),
        ("COD", "The town of Sake is now in the hands of the M23, residents said on Wednesday. The rebels and government soldiers had clashed around the town since Monday.", OVERTAKES, "March 23 Movement (M23)"),
        ("COD", "The town of Bukavu came under M23 control on Wednesday. Soldiers fled over the border after a day of fighting.", OVERTAKES, "March 23 Movement (M23)"),
        ("SDN", "The town of Singa is back in government hands, residents said on Wednesday. The army and the paramilitary Rapid Support Forces had clashed around the town on Tuesday.", REGAINS, "Military Forces of Sudan"),
        ("COD", "M23 fighters now hold Sake. Soldiers fled the town on Wednesday after a night of fighting.", OVERTAKES, "March 23 Movement (M23)"),
    ],
)  # fmt: skip
def test_a_new_holder_has_taken_the_place(
    coder: Coder, country: str, body: str, sub_type: str, side1: str
) -> None:
    event = _first(coder, body, country)
    assert event.sub_event_type == sub_type
    assert event.side1[0].name.startswith(side1)


@pytest.mark.parametrize(
    "body",
    [
        "Two hostages are in rebel hands, their families said on Wednesday.",
        "The road to Bunia, which is under the control of the M23, was busy on Wednesday.",
        "The talks are in good hands, the mediator said on Wednesday.",
    ],
)
def test_a_holder_that_is_no_news_takes_nothing(coder: Coder, body: str) -> None:
    coded = coder.code(document(body, country="COD"))
    assert not [m for m in coded.mentions if m.event_type == "Battles"]


def test_a_place_taken_without_a_fight_is_handed_over(coder: Coder) -> None:
    event = _first(
        coder, "Soldiers captured the port of Merca from Al-Shabaab on Wednesday without a fight.", "SOM"
    )  # fmt: skip
    assert event.sub_event_type == "Non-violent transfer of territory"


@pytest.mark.parametrize(
    ("country", "body", "sub_type"),
    [
        ("NGA", "Bandits shot dead nine farmers in Maru on Wednesday and dragged 50 others away into the forest.", "Attack"),
        ("NGA", "Bandits kidnapped 40 farmers in Maru on Wednesday. The men wounded a guard.", "Abduction/forced disappearance"),
        ("TUR", "PKK guerrillas stopped a bus near Lice on Wednesday, took nine unarmed soldiers off and shot them dead.", "Attack"),
        ("DZA", "An armed group shot three off-duty conscripts at Frenda on Wednesday.", "Attack"),
        ("PER", "Guerrillas ambushed three soldiers at Ayacucho on Wednesday and shot them.", "Armed clash"),
        ("PAK", "Gunmen stormed the Army Public School in Peshawar on Wednesday and massacred 13 children.", "Attack"),
        ("IRN", "Protesters angry at fuel prices set fire to a bank in Sirjan on Wednesday.", "Violent demonstration"),
        ("HTI", "A crowd beat three men with sticks in Delmas on Wednesday and burned their car.", "Mob violence"),
        ("HTI", "Residents of Delmas stopped a minibus on Wednesday, pulled out four young men and shot them.", "Attack"),
    ],
)  # fmt: skip
def test_harm_decides_between_kinds(
    coder: Coder, country: str, body: str, sub_type: str
) -> None:
    assert _first(coder, body, country).sub_event_type == sub_type


@pytest.mark.parametrize(
    ("country", "body", "side1", "side2"),
    [
        ("PAK", "Eight BLA militants who stormed the port of Gwadar on Wednesday were shot dead by troops.", "Balochistan Liberation Army (BLA)", "Military Forces of Pakistan"),
        ("MMR", "A regime jet bombed a monastery in Hsipaw on Wednesday, killing eight people.", "Military Forces of Myanmar", "Civilians (Myanmar)"),
        ("NGA", "Gunmen killed 12 villagers in Mangu, soldiers shot four youths in Jos on Wednesday.", "Unidentified Armed Group (Nigeria)", "Civilians (Nigeria)"),
        ("DZA", "Fourteen villagers had their throats cut near Bougara on Wednesday.", "Unidentified Armed Group (Algeria)", "Civilians (Algeria)"),
        ("DZA", "An armed group set up a false roadblock at Frenda on Wednesday and shot the occupants of a taxi.", "Unidentified Armed Group (Algeria)", "Civilians (Algeria)"),
        ("PAK", "BLA militants attacked the army barracks in Turbat late on Wednesday night, killing 33 soldiers.", "Balochistan Liberation Army (BLA)", "Military Forces of Pakistan"),
        ("NGA", "Gunmen killed a mayor in Zaria on Wednesday. Police said 200 soldiers would be sent. \"They killed the last one too,\" a trader said.", "Unidentified Armed Group (Nigeria)", "Civilians (Nigeria)"),
    ],
)  # fmt: skip
def test_who_began_and_who_suffered(
    coder: Coder, country: str, body: str, side1: str, side2: str
) -> None:
    event = _first(coder, body, country)
    assert (event.side1[0].name, event.side2[0].name) == (side1, side2)


def test_what_somebody_only_means_to_do_has_no_doer(coder: Coder) -> None:
    body = 'Police fired tear gas at protesters in Kisumu on Wednesday. "On Friday we are occupying the airport," an activist said.'
    coded = coder.code(document(body, country="KEN"))
    assert [m.sub_event_type for m in coded.mentions] == ["Protest with intervention"]


def test_what_a_state_says_of_a_group_is_attributed(coder: Coder) -> None:
    body = "Gunmen killed 40 worshippers in Owo on Wednesday. The federal government said ISWAP carried out the attack."
    event = _first(coder, body, "NGA")
    assert event.responsibility_status == "attributed"
    assert event.responsibility_by == "federal government"
