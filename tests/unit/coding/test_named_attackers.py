"""Who a text says the attackers are, when it names them somewhere else."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


def _sides(coder: Coder, body: str, country: str) -> tuple[list[str], list[str]]:
    mention = coder.code(document(body, country=country)).mentions[0]
    return [a.name for a in mention.side1], [a.name for a in mention.side2]


@pytest.mark.parametrize(
    ("country", "body", "side1"),
    [
        ("PHL", "Some thirty gunmen believed to be members of the New People's Army attacked a police outpost in Masbate on Wednesday, killing two policemen.", "New People's Army"),
        ("SSD", "Armed youths looted a food store in Pibor on Tuesday. The commissioner said the youths belonged to the White Army.", "White Army"),
        ("KEN", "Raiders, thought to be from the Turkana community, killed three herders near Kapedo, Kenya, on Wednesday.", "Turkana ethnic militia (Kenya)"),
        ("MOZ", "Assailants beheaded two fishermen near Macomia on Wednesday. The attackers are known locally as al-Shabaab.", "Islamic State Mozambique"),
        ("IRQ", "Militants loyal to the Islamic State group shot dead a shepherd near Kirkuk on Wednesday.", "Islamic State"),
    ],
)  # fmt: skip
def test_attackers_told_by_a_common_word_are_identified(
    coder: Coder, country: str, body: str, side1: str
) -> None:
    assert _sides(coder, body, country)[0][0].startswith(side1)


@pytest.mark.parametrize(
    "blame",
    [
        "The prosecutor attributed it to the Sinaloa Cartel.",
        "The governor pinned the attack on the Sinaloa Cartel.",
        "Officials laid the blame for the ambush on the Sinaloa Cartel.",
        "The mayor pointed the finger at the Sinaloa Cartel.",
        "The ambush bears the hallmarks of the Sinaloa Cartel, analysts said.",
        'The ministry attributed this "cowardly act" to the Sinaloa Cartel.',
        "The Sinaloa Cartel, which runs the valley, is suspected by the police.",
        "The Sinaloa Cartel is suspected of being behind the ambush.",
    ],
)
def test_words_of_blame_attribute(coder: Coder, blame: str) -> None:
    body = f"Gunmen ambushed a police patrol near Culiacán on Wednesday, killing two officers. {blame}"
    mention = coder.code(document(body, country="MEX")).mentions[0]
    assert mention.side1[0].name == "Sinaloa Cartel"
    assert mention.responsibility_status == "attributed"


def test_a_group_behind_an_attack_claims_it_by_a_common_word(coder: Coder) -> None:
    body = (
        "A soldier was killed in an exchange of fire with rebels near Dekoa on Wednesday.\n\n"
        "A spokesman for the 3R said the movement was behind the attack."
    )
    mention = coder.code(document(body, country="CAF")).mentions[0]
    assert "3R" in mention.side1[0].name
    assert mention.responsibility_status == "claimed"


def test_a_boast_about_another_act_claims_nothing_here(coder: Coder) -> None:
    body = (
        "Gunmen shot dead four traders near Bankass on Wednesday.\n\n"
        "Elsewhere JNIM said in a statement that its fighters had captured a post in Ndaki last year."
    )
    mention = coder.code(document(body)).mentions[0]
    assert mention.responsibility_status != "claimed"


@pytest.mark.parametrize(
    ("country", "body", "names"),
    [
        ("SDN", "Clashes between Misseriya and Nuba fighters erupted in Lagawa, Sudan, on Wednesday.", ("Misseriya", "Nuba")),
        ("SDN", "Fighting between Hausa and Berta tribesmen erupted near Roseires, Sudan, on Wednesday.", ("Hausa", "Berta")),
        ("SOM", "Clashes between Sacad and Saleebaan clansmen erupted in Galkayo, Somalia, on Wednesday.", ("Sacad", "Saleebaan")),
    ],
)  # fmt: skip
def test_two_peoples_that_fight_are_two_militias(
    coder: Coder, country: str, body: str, names: tuple[str, str]
) -> None:
    side1, side2 = _sides(coder, body, country)
    assert [side1[0].split(" ethnic")[0], side2[0].split(" ethnic")[0]] == list(names)


def test_the_subject_of_an_unknown_verb_acts_in_the_joined_one(coder: Coder) -> None:
    body = "Fighters of JNIM stopped a bus of traders near Bankass on Wednesday and shot dead four passengers, police said."
    side1, side2 = _sides(coder, body, "MLI")
    assert "JNIM" in side1[0]
    assert side2 == ["Civilians (Mali)"]


def test_a_crowd_that_throws_stones_has_the_police_against_it(coder: Coder) -> None:
    body = "Rioters threw stones at police in Lyon on Wednesday and set three cars on fire."
    side1, side2 = _sides(coder, body, "FRA")
    assert side1 == ["Rioters (France)"]
    assert side2 == ["Police Forces of France"]


def test_soldiers_counted_by_a_speaker_are_not_the_speaker(coder: Coder) -> None:
    body = "Anders Noori, head of the council, said 12 soldiers were killed when Al-Shabaab attacked Dhusamareb, Somalia, on Wednesday."
    side1, side2 = _sides(coder, body, "SOM")
    assert side1 == ["Al-Shabaab"]
    assert side2 == ["Military Forces of Somalia"]


def test_its_fighters_are_the_last_named_group_s(coder: Coder) -> None:
    body = "The Syrian Democratic Forces said a Turkish drone killed two of its fighters near Kobani, Syria, on Wednesday."
    side1, side2 = _sides(coder, body, "SYR")
    assert side1 == ["Military Forces of Turkey"]
    assert side2 == ["Syrian Democratic Forces (SDF)"]


def test_men_wounded_in_a_base_are_of_the_base(coder: Coder) -> None:
    body = "A grenade was fired into an army base in Rueso, Thailand, on Wednesday night, wounding two men."
    assert _sides(coder, body, "THA")[1] == ["Military Forces of Thailand"]


def test_a_shelled_clinic_has_civilians_as_target(coder: Coder) -> None:
    body = "Azerbaijani artillery shelled a clinic in Stepanakert on Wednesday, officials said. Nobody died."
    assert _sides(coder, body, "AZE")[1] == ["Civilians (Azerbaijan)"]


def test_firing_on_demonstrators_is_excessive_force(coder: Coder) -> None:
    body = "Security forces opened fire on demonstrators in Lomé, Togo, on Wednesday, killing three protesters, rights groups said."
    mention = coder.code(document(body, country="TGO")).mentions[0]
    assert mention.sub_event_type == "Excessive force against protesters"
    assert mention.side1[0].name == "Protesters (Togo)"


def test_a_claim_nobody_made_names_nobody(coder: Coder) -> None:
    body = (
        "A car bomb killed four people in Cúcuta, Colombia, on Wednesday. No one has claimed "
        "responsibility. The National Liberation Army is active in the area."
    )
    mention = coder.code(document(body, country="COL")).mentions[0]
    assert mention.side1[0].name == "Unidentified Armed Group (Colombia)"
    assert mention.responsibility_status != "claimed"


@pytest.mark.parametrize(
    ("country", "body", "side1", "status"),
    [
        ("ECU", "A bomb wrecked a police post in Esmeraldas, Ecuador, on Wednesday. Residents found a leaflet signed with the initials of Los Choneros.", "Los Choneros", "claimed"),
        ("COD", "Four women were raped near Bunyakiri on Wednesday by armed men. The women recognised two of them as fighters of the Raia Mutomboki.", "Raia Mutomboki", "attributed"),
        ("SYR", "Rockets hit a school in Tell Rifaat, Syria, on Wednesday, killing two children. Officials said the rockets had been fired from positions of the Turkish army.", "Military Forces of Turkey", "attributed"),
        ("PAK", "Two soldiers were killed by a roadside bomb near Turbat, Pakistan, on Wednesday. The Baloch Liberation Front accepted responsibility.", "Baloch", "claimed"),
    ],
)  # fmt: skip
def test_signatures_and_positions_tell_who_it_was(
    coder: Coder, country: str, body: str, side1: str, status: str
) -> None:
    mention = coder.code(document(body, country=country)).mentions[0]
    assert side1.split(maxsplit=1)[0] in mention.side1[0].name
    assert mention.responsibility_status == status


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Three former rebels were sentenced to life in prison on Tuesday for the car bomb that tore apart a market in Lima in 1992, killing 14 people.", "historical"),
        ("A bus plunged into a ravine near Potosí on Tuesday, killing eight people, police said. The vehicle had veered off the road. “It was as if a bomb had gone off,” a farmer said. The driver was arrested.", "accident"),
    ],
)  # fmt: skip
def test_sentences_and_crashes_are_no_events(
    coder: Coder, body: str, reason: str
) -> None:
    title = (
        "Bus plunges into ravine" if reason == "accident" else "Life for 1992 bombing"
    )
    coded = coder.code(document(body, title, country="PER"))
    assert coded.reject is not None
    assert coded.reject.reason.value == reason


def test_a_crowd_that_goes_home_was_not_driven_away(coder: Coder) -> None:
    body = "Some 500 women marched through Makurdi, Nigeria, on Wednesday to protest unending killings. They sang, presented a letter and dispersed."
    mention = coder.code(document(body, country="NGA")).mentions[0]
    assert mention.sub_event_type == "Peaceful protest"


def test_a_market_named_after_a_day_dates_nothing(coder: Coder) -> None:
    body = "A bomber blew himself up in Muqdadiya, Iraq, on Tuesday, killing 23 people. The blast tore through the Sunday market."
    mentions = coder.code(document(body, country="IRQ")).mentions
    assert [
        m.event_date.start and m.event_date.start.isoweekday() for m in mentions
    ] == [2]
