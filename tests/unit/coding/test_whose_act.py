"""Whose act it was, when the doer is told apart from the act."""

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import EventMention
from tests.unit.coding.coding_texts import document


def _first(coder: Coder, body: str, country: str) -> EventMention:
    return coder.code(document(body, country=country)).mentions[0]


@pytest.mark.parametrize(
    ("country", "body", "side1", "status"),
    [
        ("PAK", "A bomb killed three policemen in Tank on Wednesday. The Tehreek-i-Taliban Pakistan said the bomber was one of its members.", "Tehreek-e-Taliban Pakistan (TTP)", "claimed"),
        ("CMR", "A mine killed two soldiers near Kumba on Wednesday. The Ambazonia Defence Forces said in a statement that the device was theirs.", "Ambazonia Defence Forces (ADF)", "claimed"),
        ("COL", "Gunmen killed four farmers near Tibú on Wednesday. The ELN told a radio station it had executed them as informers.", "National Liberation Army (ELN)", "claimed"),
        ("PHL", "A roadside bomb wounded three soldiers near Bulan on Wednesday. In a statement the New People's Army said its guerrillas had planted the explosive.", "New People's Army (NPA)", "claimed"),
        ("PHL", "Two traders were kidnapped in Jolo on Wednesday. The police chief tagged followers of the Abu Sayyaf as the ones behind the abduction.", "Abu Sayyaf Group (ASG)", "attributed"),
        ("NGA", "Gunmen killed eight villagers in Riyom on Wednesday. The council chairman fingered a Fulani militia in the attack.", "Fulani ethnic militia (Nigeria)", "attributed"),
        ("NER", "Two bombers killed nine traders in Diffa on Wednesday. \"It is Boko Haram,\" the governor said.", "Boko Haram (JAS)", "attributed"),
        ("SOM", "A mine killed six passengers near Afgoye on Wednesday. Police said it had been laid during the night by al-Shabaab.", "Al-Shabaab", "attributed"),
        ("DZA", "Attackers killed eleven shepherds near Djelfa on Wednesday. A survivor recognised two of them and described them as members of AQIM.", "Al-Qaeda in the Islamic Maghreb (AQIM)", "attributed"),
    ],
)  # fmt: skip
def test_a_doer_told_apart_from_the_act_is_the_initiator(
    coder: Coder, country: str, body: str, side1: str, status: str
) -> None:
    mention = _first(coder, body, country)
    assert mention.side1[0].name == side1
    assert mention.responsibility_status == status


@pytest.mark.parametrize(
    "body",
    [
        "A bomb killed three policemen in Tank on Wednesday. The Tehreek-i-Taliban Pakistan said the bomber was not one of its members.",
        "Mortar shells fell on the part of Tank held by the Tehreek-i-Taliban Pakistan on Wednesday, killing nine patients.",
    ],
)
def test_who_denies_or_only_holds_the_place_is_no_initiator(
    coder: Coder, body: str
) -> None:
    mention = _first(coder, body, "PAK")
    assert all("Taliban" not in actor.name for actor in mention.side1)


def test_whoever_backs_the_subject_acts_beside_it(coder: Coder) -> None:
    body = (
        "Mozambican soldiers, backed by Rwandan troops and fighters of the Wagner Group, "
        "recaptured Macomia from al-Shabaab on Wednesday after an hour of fighting."
    )
    names = [a.name for a in _first(coder, body, "MOZ").side1]
    assert names[0] == "Military Forces of Mozambique"
    assert "Military Forces of Rwanda" in names


def test_helicopters_that_dropped_the_gas_are_the_initiator(coder: Coder) -> None:
    body = "Army helicopters dropped two canisters filled with chlorine on the town of Kafr Nabl on Wednesday, killing four people."
    assert _first(coder, body, "SYR").side1[0].name == "Military Forces of Syria"


def test_rebels_told_before_their_name_are_the_one_group_of_the_text(
    coder: Coder,
) -> None:
    body = (
        "Rebels attacked the village of Komanda on Wednesday, killing six farmers.\n\n"
        "The area has long been a base of the Allied Democratic Forces."
    )
    side1 = _first(coder, body, "COD").side1
    assert side1[0].name == "Allied Democratic Forces (ADF)"


def test_gunmen_are_nobody_though_the_text_names_a_group(coder: Coder) -> None:
    body = (
        "Gunmen attacked the village of Komanda on Wednesday, killing six farmers.\n\n"
        "The area has long been a base of the Allied Democratic Forces."
    )
    assert not _first(coder, body, "COD").side1[0].listed


def test_security_forces_that_meet_a_crowd_are_police(coder: Coder) -> None:
    body = "Security forces fired tear gas at hundreds of protesters in Isfahan on Wednesday, arresting twelve."
    assert _first(coder, body, "IRN").side2[0].name == "Police Forces of Iran"


def test_whoever_laid_the_defused_bomb_is_the_other_side(coder: Coder) -> None:
    body = "Army sappers defused a bomb near Culiacán on Wednesday. The device had been planted by the Sinaloa Cartel, prosecutors said."
    mention = _first(coder, body, "MEX")
    assert mention.sub_event_type == "Disrupted weapons use"
    assert [a.name for a in mention.side2] == ["Sinaloa Cartel"]


def test_in_a_clash_the_group_with_dead_fought(coder: Coder) -> None:
    body = (
        "Nineteen members of the New People's Army and three soldiers were killed in a clash near "
        "Bulan on Wednesday. A group of militants had opened fire on a patrol."
    )
    mention = _first(coder, body, "PHL")
    assert mention.side1[0].name == "New People's Army (NPA)"


def test_the_same_organisation_is_the_group_named_before(coder: Coder) -> None:
    body = (
        "The Sinaloa Cartel has mined the road to Culiacán for months, residents say.\n\n"
        "On Wednesday two farmhands were killed in Badiraguato by gunmen of the same organisation."
    )
    assert _first(coder, body, "MEX").side1[0].name == "Sinaloa Cartel"


def test_both_signatories_are_sides_of_the_agreement(coder: Coder) -> None:
    body = (
        "A ceasefire was signed at the town hall of Zawiya on Wednesday evening by commanders of the "
        "Stability Support Apparatus and the Abu Surra Battalion."
    )
    mention = _first(coder, body, "LBY")
    assert mention.sub_event_type == "Agreement"
    names = [a.name for a in (*mention.side1, *mention.side2)]
    assert names[0].startswith("Stability Support Apparatus")
    assert names[1] == "Abu Surra Battalion"


def test_a_group_named_twice_is_one_side_of_a_fight(coder: Coder) -> None:
    body = (
        "Fighters of the National Liberation Army (ELN) and of the Gaitanista Army of Colombia, the "
        "organisation the government calls the Clan del Golfo, fought each other near San Pablo on Wednesday, leaving six fighters dead."
    )
    mention = _first(coder, body, "COL")
    names = [a.name for a in (*mention.side1, *mention.side2)]
    assert names[:2] == ["National Liberation Army (ELN)", "Gulf Clan"]


def test_a_conjunction_after_opens_a_clause(coder: Coder) -> None:
    body = "Five people were killed in Diffa on Wednesday, hours after Boko Haram fighters attacked the market."
    assert _first(coder, body, "NER").side1[0].name == "Boko Haram (JAS)"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("Allied Democratic Forces (ADF)", "Bodies were found on Tuesday, he said, attributing the raid to the Allied Democratic Forces."),
        ("Allied Democratic Forces (ADF)", "The statement blamed a “terrorist group” of the Allied Democratic Forces."),
    ],
)  # fmt: skip
def test_whom_a_participle_or_an_inner_name_blames(
    coder: Coder, named: str, said: str
) -> None:
    text = f"Eleven civilians were killed by gunmen in a raid on Oicha, DR Congo, on Monday night. {said}"
    coded = coder.code(document(text, country="COD", title="Raid kills eleven"))
    assert coded.mentions[0].side1[0].name == named
