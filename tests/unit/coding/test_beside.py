"""What the words beside a trigger, the head of an entry or the rest of a sentence make of an act."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


def types(coder: Coder, body: str, title: str = "News") -> list[str]:
    return [m.sub_event_type for m in coder.code(document(body, title)).mentions]


@pytest.mark.parametrize(
    ("text", "sub_type"),
    [
        pytest.param("Army helicopters bombed the market of Bankass on Thursday, killing six traders.", "Air/drone strike", id="aircraft-subject"),
        pytest.param("The village of Bankass was bombed by air force jets on Thursday, killing six people.", "Air/drone strike", id="aircraft-agent"),
        pytest.param("Bankass was shelled from the air on Thursday and six people were killed.", "Air/drone strike", id="from-the-air"),
        pytest.param("Two missiles struck a market in Bankass on Thursday, killing six people. They were fired by warplanes of the army.", "Air/drone strike", id="flown-missiles"),
        pytest.param("Soldiers and JNIM fighters shot at each other near Bankass on Thursday.", "Armed clash", id="each-other"),
        pytest.param("Dogon hunters and Fulani militiamen attacked one another near Bankass on Thursday.", "Armed clash", id="one-another"),
        pytest.param("Soldiers discovered a car bomb near Bankass on Thursday.", "Disrupted weapons use", id="found-bomb"),
        pytest.param("Four landmines were unearthed by army sappers near Bankass on Thursday.", "Disrupted weapons use", id="unearthed"),
        pytest.param("Gunmen dragged three traders off a bus near Bankass on Thursday.", "Abduction/forced disappearance", id="off-a-bus"),
        pytest.param("Three nurses were taken out of their ambulance by JNIM fighters near Bankass on Thursday.", "Abduction/forced disappearance", id="taken-out-of"),
        pytest.param("A man detonated the vest he was wearing at a police post in Bankass on Thursday, killing four officers.", "Suicide bomb", id="vest"),
        pytest.param("Gendarmes fired tear gas at marchers in Bankass on Thursday and bundled ten protesters into a police truck.", "Protest with intervention", id="police-truck"),
        pytest.param("Protesters in Bankass hurled bricks and bottles at the town hall and torched it on Thursday.", "Violent demonstration", id="thrown"),
        pytest.param("About 400 herders walked to the governor's office in Bankass on Thursday to demand water.", "Peaceful protest", id="walked-to-demand"),
        pytest.param("Soldiers overthrew the president in Bamako on Thursday and exchanged fire with his guards for an hour, killing three of them.", "Other", id="coup-with-a-fight"),
        pytest.param("Police raided a house in Bankass on Thursday and arrested five men suspected of belonging to JNIM.", "Arrests", id="raid-and-arrest"),
        pytest.param("JNIM and the CMA merged their forces in Kidal on Thursday.", "Change to group/activity", id="regrouped"),
        pytest.param("A shell landed on a school bus in Bankass on Thursday. All 14 children survived.", "Shelling/artillery/missile attack", id="landed-on"),
        pytest.param("Security forces shot dead at least 16 villagers in Bankass on Thursday.", "Attack", id="at-least-is-no-passive"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_trigger_decides(
    coder: Coder, text: str, sub_type: str
) -> None:
    assert types(coder, text) == [sub_type]


@pytest.mark.parametrize(
    "text",
    [
        "The town marked on Thursday, with a minute of silence, the day soldiers opened fire on a crowd.",
        "The strike was called on Thursday over the price of fuel and the bandh was postponed in Bankass.",
        "The old library of Bankass is a shell of blackened brick, the mayor said on Thursday.",
        "The women of Bankass shell the nuts in a row outside the shed, the mayor said on Thursday.",
        "Delegates entered a second month of talks in Bamako on Thursday.",
        "It will be recalled that more than 190 persons were killed in Bankass in 2019.",
    ],
)
def test_words_that_only_look_like_acts_make_no_event(coder: Coder, text: str) -> None:
    assert types(coder, text) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "SEGOU: Police fired tear gas at hundreds of marchers on Tuesday.\n\n"
            "MOPTI: Some 200 traders marched to the town hall on Tuesday and went home.\n\n"
            "KAYES: Demonstrators hurled stones at shops, looted a supermarket and set it ablaze on Tuesday.",
            ["Protest with intervention", "Peaceful protest", "Violent demonstration"],
            id="labels",
        ),
        pytest.param(
            "17:15 - A drone strike hit a market in Mopti today and killed three people.\n\n"
            "14:30 - Gunmen shot dead four farmers in Kayes this morning.\n\n"
            "09:00 - Good morning.",
            ["Air/drone strike", "Attack"],
            id="clock",
        ),
        pytest.param(
            "1. On Tuesday gunmen shot dead four farmers in Mopti.\n\n"
            "2. On Wednesday a roadside bomb killed two soldiers near Kayes.",
            ["Attack", "Remote explosive/landmine/IED"],
            id="numbers",
        ),
        pytest.param(
            "Ten villagers were shot dead in Mopti on Tuesday night, while two travellers were lynched the next day in Kayes by a mob.",
            ["Attack", "Mob violence"],
            id="while-next-day",
        ),
        pytest.param(
            "Fighting between two militias broke out in Mopti on Tuesday and killed three gunmen.\n\n"
            "Their commanders signed a truce in Mopti on Wednesday evening.",
            ["Armed clash", "Agreement"],
            id="truce-after",
        ),
    ],
)  # fmt: skip
def test_each_entry_day_and_town_is_an_event_of_its_own(
    placing_coder: Coder, body: str, expected: list[str]
) -> None:
    assert types(placing_coder, body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Gunmen killed four guards in Mopti on Tuesday.\n\nTwo more guards died in hospital in Kayes on Thursday, taking the number of dead in the attack to six.",
        "Gunmen killed four guards in Mopti on Tuesday.\n\nThe attackers fled towards Kayes after they opened fire, officials said in Bamako.",
        "Rebels burned the school in Mopti on Tuesday.\n\nA party spokesman told a Bamako newsroom that its men had burned it.",
    ],
)
def test_where_people_speak_flee_or_die_later_is_no_further_event(
    placing_coder: Coder, body: str
) -> None:
    assert len(types(placing_coder, body)) == 1


def test_the_day_of_a_named_event_dates_nothing_else(coder: Coder) -> None:
    body = (
        "Teachers marched in Bamako on Tuesday in the largest protest since the June 28 coup.\n\n"
        "Police fired tear gas at the crowd the same afternoon."
    )
    coded = coder.code(document(body))
    assert [str(m.event_date.start) for m in coded.mentions] == ["2025-03-11"]
