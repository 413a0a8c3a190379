import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

JNIM = "Jama'at Nusrat al-Islam wal-Muslimin"
ARMY = "Military Forces of Mali"
GUNMEN = "Unidentified Armed Group (Mali)"
CIVILIANS = "Civilians (Mali)"


@pytest.mark.parametrize(
    ("text", "side1", "side2"),
    [
        pytest.param("JNIM fighters attacked the village of Bankass on Thursday and killed 12 civilians.", JNIM, CIVILIANS, id="active"),
        pytest.param("Twelve civilians were killed by JNIM fighters in Bankass on Thursday.", JNIM, CIVILIANS, id="passive"),
        pytest.param("At least 12 civilians were killed in Bankass on Thursday in an attack by JNIM.", JNIM, CIVILIANS, id="nominal-by"),
        pytest.param("JNIM's attack on civilians in Bankass on Thursday left 12 people dead.", JNIM, CIVILIANS, id="genitive"),
        pytest.param("Gunmen stormed Bankass on Thursday, killing nine farmers and abducting three women.", GUNMEN, CIVILIANS, id="gerund"),
        pytest.param("Nine farmers were shot dead in Bankass on Thursday.", GUNMEN, CIVILIANS, id="agentless"),
        pytest.param("Police said gunmen killed nine farmers in Bankass on Thursday.", GUNMEN, CIVILIANS, id="speaker"),
        pytest.param("Nine farmers were killed by gunmen in Bankass on Thursday, the army said.", GUNMEN, CIVILIANS, id="trailing-speaker"),
        pytest.param("Fighters of JNIM ambushed an army convoy near Bankass on Thursday, killing eight soldiers.", JNIM, ARMY, id="convoy"),
        pytest.param("Malian soldiers repelled an attack by JNIM on their camp in Bankass on Thursday.", JNIM, ARMY, id="defenders"),
        pytest.param("The gunmen, who came on motorcycles, killed nine farmers in Bankass on Thursday.", GUNMEN, CIVILIANS, id="relative"),
        pytest.param("A supply convoy escorted by Malian soldiers fell into an ambush near Bankass on Thursday. Four soldiers were killed.", GUNMEN, ARMY, id="into-an-ambush"),
    ],
)  # fmt: skip
def test_sides_by_construction(coder: Coder, text: str, side1: str, side2: str) -> None:
    mention = coder.code(document(text)).mentions[0]
    assert mention.side1[0].name.startswith(side1), mention.side1
    assert mention.side2[0].name.startswith(side2), mention.side2


def test_clashes_between_two_sides_have_no_known_initiator(coder: Coder) -> None:
    text = (
        "Heavy clashes between the Malian army and JNIM erupted in Bankass on Thursday."
    )
    mention = coder.code(document(text)).mentions[0]
    assert mention.sub_event_type == "Armed clash"
    names = [a.name for a in (*mention.side1, *mention.side2)]
    assert names[0] == ARMY
    assert names[1].startswith(JNIM)
    assert mention.initiator_known is False


def test_a_claim_of_responsibility_names_the_gunmen(coder: Coder) -> None:
    text = (
        "Gunmen attacked an army post in Bankass on Thursday, killing eight soldiers.\n\n"
        "JNIM, which is linked to al-Qaeda, claimed responsibility for the attack."
    )
    mention = coder.code(document(text)).mentions[0]
    assert mention.side1[0].name.startswith(JNIM)
    assert mention.responsibility_status == "claimed"
    assert "JNIM" in (mention.responsibility_by or "")


def test_blame_is_an_attribution(coder: Coder) -> None:
    text = (
        "A roadside bomb killed four traders near Bankass on Thursday.\n\n"
        "The device is believed to have been planted by JNIM."
    )
    mention = coder.code(document(text)).mentions[0]
    assert mention.side1[0].name.startswith(JNIM)
    assert mention.responsibility_status == "attributed"


def test_two_attackers_told_in_one_breath_stand_on_one_side(coder: Coder) -> None:
    text = "JNIM and the Islamic State attacked the village of Bankass on Thursday, killing 12 people."
    mention = coder.code(document(text)).mentions[0]
    assert len(mention.side1) == 2


def test_an_accusation_of_something_else_makes_no_attacker(coder: Coder) -> None:
    text = (
        "Gunmen killed nine farmers in Bankass on Thursday.\n\n"
        "A rebel leader accused the army of violating the truce."
    )
    assert coder.code(document(text)).mentions[0].side1[0].name == GUNMEN


def test_men_in_police_uniform_are_not_the_police(coder: Coder) -> None:
    text = "Men in police uniforms shot dead nine farmers in Bankass on Thursday."
    mention = coder.code(document(text)).mentions[0]
    assert "Police" not in mention.side1[0].name


def test_what_a_drone_drops_is_a_drone_strike(coder: Coder) -> None:
    text = "An army drone dropped two mortar shells on Bankass on Thursday, killing five villagers."
    assert coder.code(document(text)).mentions[0].sub_event_type == "Air/drone strike"
