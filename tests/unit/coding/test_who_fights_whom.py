"""Both sides of a fight, from the one sentence that tells it."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    ("body", "side1", "side2"),
    [
        ("Russian and Ukrainian troops fought in Toretsk, Ukraine, through Monday.", "Military Forces of Russia", "Military Forces of Ukraine"),
        ("Thai and Cambodian troops clashed near Preah Vihear, Cambodia, on Sunday.", "Military Forces of Thailand", "Military Forces of Cambodia"),
        ("Indian and Pakistani soldiers traded artillery fire across the Line of Control on Sunday.", "Military Forces of India", "Military Forces of Pakistan"),
        ("Fighting raged on Sunday in Singa, Sudan, between the Rapid Support Forces and the army, residents said.", "Rapid Support Forces (RSF)", "Military Forces of Sudan"),
        ("Gunmen of Hamas and Fatah fought street battles in Gaza City on Sunday, killing five people.", "Hamas", "Fatah"),
        ("Kenyan police and al-Shabaab militants engaged in a gun battle at Yumbis, Kenya, on Sunday; four officers died.", "Police Forces of Kenya", "Al-Shabaab"),
        ("Somali soldiers came under attack from al-Shabaab near Barawe, Somalia, on Sunday. The soldiers killed six of them.", "Al-Shabaab", "Military Forces of Somalia"),
        ("Soldiers tracking the New People's Army caught up with a group of rebels in Las Navas, Philippines, on Sunday and killed three.", "Military Forces of the Philippines", "New People's Army (NPA)"),
        ("Federal troops fought Fano militiamen around Debre Tabor, Ethiopia, on Sunday, residents said.", "Military Forces of Ethiopia", "Fano (Amhara militia)"),
        ("Armed Murle youths raided a cattle camp in Duk County, South Sudan, on Sunday, killing seven people.", "Murle ethnic militia (South Sudan)", "Civilians (South Sudan)"),
        ("Eleven officers were hurt after a crowd of about 100, many of them in their teens, attacked police in Bamako, Mali, on Sunday with stones.", "Rioters (Mali)", "Police Forces of Mali"),
        ("Two masked men on a motorcycle without plates shot at the brothers Issa and Moussa Keita in Kayes, Mali, on Sunday. Both died.", "Unidentified Armed Group (Mali)", "Civilians (Mali)"),
        ("Eleven people were killed on Saturday in an operation by the elite police battalion BOPE against the Comando Vermelho in Niterói, Brazil.", "Police Forces of Brazil", "Red Command (CV)"),
        ("Angry residents burned two suspected thieves alive in Mbarara, Uganda, on Sunday.", "Rioters (Uganda)", "Civilians (Uganda)"),
    ],
)  # fmt: skip
def test_sides_of_one_sentence(
    placing_coder: Coder, body: str, side1: str, side2: str
) -> None:
    found = placing_coder.code(document(body)).mentions[0]
    assert (found.side1[0].name, found.side2[0].name) == (side1, side2)


@pytest.mark.parametrize(
    "body",
    [
        "The soldiers ran into heavy traffic near Douentza, Mali, on Sunday and came home late.",
        "French and German officials met in Bamako, Mali, on Sunday to fight for a common budget.",
        "The Line of Control was quiet on Sunday, villagers in Poonch, India, said.",
    ],
)
def test_nobody_fights_where_nobody_bears_arms(placing_coder: Coder, body: str) -> None:
    assert not placing_coder.code(document(body)).mentions


def test_a_region_is_not_the_town_of_its_name(placing_coder: Coder) -> None:
    body = (
        "KUNDUZ, Afghanistan - Rebels killed four policemen at a checkpoint in a remote"
        " part of Kunduz province on Sunday."
    )
    place = placing_coder.code(document(body)).mentions[0].location
    assert place is not None
    assert place.geo_precision == 3


def test_soldiers_who_fire_on_a_crowd_use_excessive_force(placing_coder: Coder) -> None:
    body = (
        "A farmer died on Sunday when soldiers opened fire on about 300 demonstrators who"
        " were sitting on the road in Kati, Mali.\n\nThe army wrote that a convoy had been"
        ' "ambushed by terrorist structures" and that its men "fired into the air".'
    )
    found = placing_coder.code(document(body, "Farmer shot dead in Kati")).mentions[0]
    assert found.sub_event_type == "Excessive force against protesters"
    assert [a.name for a in found.side2] == ["Military Forces of Mali"]


def test_the_dead_of_another_day_are_no_rival_figure(placing_coder: Coder) -> None:
    body = (
        "A drone hit a passenger car in the Russian town of Shebekino on Thursday morning,"
        " killing a woman, the governor of the Belgorod region, Petr Orlov, wrote.\n\n"
        "The two sides are to send delegations to Istanbul.\n\n"
        "A missile strike on Sumy killed 35 people on Palm Sunday, the deadliest attack"
        " this year."
    )
    found = placing_coder.code(
        document(body, "Drone hits car in Shebekino", country="RUS")
    )
    first = found.mentions[0].fatalities
    assert (first.low, first.best, first.high) == (1, 1, 1)


def test_a_distance_from_elsewhere_places_nothing_there(placing_coder: Coder) -> None:
    body = (
        "The last Ukrainian infantry left Selydove by the railway embankment.\n\n"
        "Russian troops took full control of the town, about 18 km south-east of Pokrovsk,"
        " on Tuesday, according to the monitoring project DeepState. The General Staff said"
        " only that fighting continues in the Selydove area."
    )
    found = placing_coder.code(
        document(body, "Selydove falls to Russia", country="UKR")
    )
    mention = found.mentions[0]
    assert mention.location is not None
    assert mention.location.name == "Selydove"
    assert str(mention.event_date.start) == "2025-03-11"


def test_the_town_of_hit_is_no_blow(placing_coder: Coder) -> None:
    body = (
        "Iraqi troops recaptured the western town of Hit from the Islamic State on Thursday,"
        " commanders said."
    )
    found = placing_coder.code(document(body, "Troops retake town", country="IRQ"))
    assert found.mentions[0].sub_event_type == "Government regains territory"


def test_what_an_anniversary_marks_is_history(placing_coder: Coder) -> None:
    body = (
        "Survivors came to the monument in Kuta, Indonesia, on Wednesday to mark the"
        " anniversary of the night when a bomber walked into a pub and a van packed with"
        " explosives blew up outside the Sari Club."
    )
    assert not placing_coder.code(document(body, "Kuta reads names")).mentions


def test_who_tells_of_a_death_is_not_its_target(placing_coder: Coder) -> None:
    body = (
        "A crowd dragged a street vendor from a bus in Bamako, Mali, on Sunday and burned him"
        " to death in front of the town hall, police said."
    )
    found = placing_coder.code(document(body, "Mob burns man alive")).mentions[0]
    assert [a.name for a in found.side2] == ["Civilians (Mali)"]
