"""What one article tells of several incidents is several events; of one, one (CODEBOOK 1)."""

from datetime import datetime

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import Document
from tasks.text.fold import fold

_Told = list[tuple[str, str]]  # sub-type, day
_ATTACK, _BOMB = "Attack", "Remote explosive/landmine/IED"

_PARTED: dict[str, tuple[str, str, _Told]] = {
    "summed_up_then_told_one_by_one": (
        "2022-11-16T08:00:00+00:00",
        (
            "At least three people were killed in separate incidents in Pakistan's Khyber "
            "Pakhtunkhwa province on Tuesday, officials said.\n\n"
            "In Bannu, two traders died when gunmen on a motorcycle opened fire on their shop.\n\n"
            "Elsewhere, unidentified attackers shot dead a schoolteacher in Hangu."
        ),
        [(_ATTACK, "2022-11-15"), (_ATTACK, "2022-11-15")],
    ),
    "hours_later_in_the_same_town": (
        "2012-12-09T09:00:00+00:00",
        (
            "A bomb exploded at the Monday Market in Maiduguri on Saturday morning, killing five "
            "traders, the emergency agency said.\n\n"
            "Hours later, gunmen opened fire on worshippers leaving a mosque in the same city, "
            "killing two, a police spokesman said."
        ),
        [(_BOMB, "2012-12-08"), (_ATTACK, "2012-12-08")],
    ),
    "a_day_earlier_in_the_same_town": (
        "2014-04-04T09:00:00+00:00",
        (
            "A sniper killed a shopkeeper in Homs on Thursday, state media said.\n\n"
            "A day earlier, a car bomb in the city killed seven people and wounded dozens."
        ),
        [(_ATTACK, "2014-04-03"), (_BOMB, "2014-04-02")],
    ),
    "earlier_on_the_same_day": (
        "2021-11-09T06:00:00+00:00",
        (
            "Militants hurled a grenade at a market in Srinagar on Monday evening, injuring three "
            "traders, officials said.\n\n"
            "Earlier on Monday, suspected militants shot dead a schoolteacher outside his home in "
            "the Soura area of the city."
        ),
        [("Grenade", "2021-11-08"), (_ATTACK, "2021-11-08")],
    ),
    "reprisal_the_next_day": (
        "2020-08-03T09:00:00+00:00",
        (
            "Armed herders attacked the village of Al-Sunut in West Kordofan on Friday, killing "
            "nine farmers, a local chief said.\n\n"
            "The next day, gunmen raided the town of Abu Zabad, killing five traders."
        ),
        [(_ATTACK, "2020-07-31"), (_ATTACK, "2020-08-01")],
    ),
    "across_the_border_by_home_forces": (
        "2012-09-06T09:00:00+00:00",
        (
            "PKK fighters killed four soldiers in a clash near Semdinli in south-eastern Turkey on "
            "Tuesday, the governor's office said.\n\n"
            "On Wednesday, Turkish warplanes bombed PKK camps near Zakho in northern Iraq, the "
            "army said."
        ),
        [("Armed clash", "2012-09-04"), ("Air/drone strike", "2012-09-05")],
    ),
    "truce_after_the_fighting": (
        "2022-07-24T15:00:00+00:00",
        (
            "Two armed groups that fought in the western Libyan city of Zawiya signed a truce on "
            "Sunday, a member of the council of elders said.\n\n"
            "Three people were killed on Saturday when fighters battled with rival fighters around "
            "the city's refinery, the ambulance service said."
        ),
        [("Agreement", "2022-07-24"), ("Armed clash", "2022-07-23")],
    ),
}
_ONE: dict[str, tuple[str, str]] = {
    "told_again_in_other_words": (
        "2019-08-19T09:00:00+00:00",
        (
            "A suicide bomber blew himself up inside a wedding hall in Kabul late on Saturday, "
            "killing 41 people, the interior ministry said.\n\n"
            "The blast tore through the men's section shortly before dinner.\n\n"
            "Hours later, the explosion was claimed by Islamic State. On Sunday, families buried "
            "their dead."
        ),
    ),
    "the_attackers_went_on": (
        "2021-08-24T12:00:00+00:00",
        (
            "Gunmen raided a gold mine near Gorom-Gorom in Burkina Faso on Sunday night, killing "
            "15 miners, local officials said.\n\n"
            "Hours later, the gunmen burned the market stalls and withdrew towards Markoye."
        ),
    ),
    "supporters_are_the_protesters_of_the_next_sentence": (
        "2025-06-13T09:00:00+00:00",
        (
            "Two police officers were killed on Wednesday in the town of Llallagua when "
            "supporters of the former president attacked a convoy sent to clear a road, the "
            "minister said.\n\n"
            "The protesters threw stones at the officers and set fire to a patrol car."
        ),
    ),
    "the_army_answers_for_shells_on_a_hospital": (
        "2009-01-22T09:00:00+00:00",
        (
            "COLOMBO, Sri Lanka - Artillery shells crashed into a hospital in northern Sri Lanka, "
            "killing at least nine patients, a health official said.\n\n"
            "The official said three shells landed on a ward of the hospital in Kilinochchi on "
            "Wednesday."
        ),
    ),
}


def _document(body: str, day: str) -> Document:
    return Document(
        article_id="a",
        text=f"News\n\n{body}",
        title="News",
        published_at=datetime.fromisoformat(day),
        language="en",
    )


@pytest.mark.parametrize("name", _PARTED)
def test_another_incident_is_another_event(placing_coder: Coder, name: str) -> None:
    day, body, expected = _PARTED[name]
    mentions = placing_coder.code(_document(body, day)).mentions
    told = [(m.sub_event_type, str(m.event_date.start)) for m in mentions]
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize("name", _ONE)
def test_what_is_told_of_one_incident_stays_one_event(
    placing_coder: Coder, name: str
) -> None:
    day, body = _ONE[name]
    assert len(placing_coder.code(_document(body, day)).mentions) == 1


def test_what_follows_a_list_is_no_part_of_its_last_entry(placing_coder: Coder) -> None:
    body = (
        "BAQUBA - A suicide bomber blew himself up at a police checkpoint in Baquba on "
        "Tuesday, killing three policemen, police said.\n\n"
        "KIRKUK - Gunmen shot dead a tribal leader outside his house in Kirkuk late on Monday, "
        "police said.\n\n"
        "Violence in Iraq has dropped since 2007. On Sunday, three suicide car bombs in "
        "Baghdad killed at least 41 people."
    )
    coded = placing_coder.code(_document(body, "2010-04-06T14:25:00+00:00"))
    towns = {fold(m.location.name) for m in coded.mentions if m.location}
    assert "baghdad" in towns
    assert len(coded.mentions) == 3
