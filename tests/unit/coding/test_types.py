import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    ("text", "sub_type"),
    [
        pytest.param("The army recaptured the town of Bankass from JNIM on Thursday after a day of fighting.", "Government regains territory", id="regains"),
        pytest.param("JNIM fighters seized the town of Bankass on Thursday after heavy fighting with soldiers.", "Non-state actor overtakes territory", id="overtakes"),
        pytest.param("JNIM fighters overran the army camp in Bankass on Thursday, killing 12 soldiers, before withdrawing at noon.", "Armed clash", id="R-REV-1"),
        pytest.param("Soldiers and JNIM fighters exchanged fire near Bankass on Thursday.", "Armed clash", id="fire"),
        pytest.param("An army air strike killed five herders near Bankass on Thursday.", "Air/drone strike", id="air"),
        pytest.param("Military drones killed five villagers near Bankass on Thursday.", "Air/drone strike", id="drones-as-subject"),
        pytest.param("Mortar shells slammed into a market in Bankass on Thursday, killing six people.", "Shelling/artillery/missile attack", id="shells"),
        pytest.param("A bus ran over a landmine near Bankass on Thursday, killing six passengers.", "Remote explosive/landmine/IED", id="mine"),
        pytest.param("A man blew himself up in a market in Bankass on Thursday, killing six people.", "Suicide bomb", id="suicide"),
        pytest.param("A grenade was thrown into a bar in Bankass on Thursday, wounding nine people.", "Grenade", id="grenade"),
        pytest.param("Chlorine gas was dropped on Bankass on Thursday in a chemical attack that killed six people.", "Chemical weapon", id="gas"),
        pytest.param("Gunmen shot dead nine farmers in Bankass on Thursday.", "Attack", id="attack"),
        pytest.param("Gunmen kidnapped 20 pupils from a school in Bankass on Thursday.", "Abduction/forced disappearance", id="abduction"),
        pytest.param("Armed men seized nine miners near Bankass on Thursday.", "Abduction/forced disappearance", id="seized-people"),
        pytest.param("Eleven women were raped by gunmen near Bankass on Thursday.", "Sexual violence", id="rape"),
        pytest.param("About 300 teachers marched in Bankass on Thursday to protest against unpaid wages.", "Peaceful protest", id="peaceful"),
        pytest.param("Police fired tear gas at students who protested in Bankass on Thursday.", "Protest with intervention", id="tear-gas"),
        pytest.param("Police shot dead two protesters during a demonstration in Bankass on Thursday.", "Excessive force against protesters", id="deadly"),
        pytest.param("Protesters torched the town hall and threw stones at police in a riot in Bankass on Thursday.", "Violent demonstration", id="riot"),
        pytest.param("A mob lynched two suspected thieves in Bankass on Thursday.", "Mob violence", id="lynching"),
        pytest.param("A mob set two suspected thieves ablaze in Bankass on Thursday.", "Mob violence", id="ablaze"),
        pytest.param("The government and the CMA signed a peace agreement in Bankass on Thursday.", "Agreement", id="agreement"),
        pytest.param("Forty JNIM fighters surrendered to the army in Bankass on Thursday.", "Change to group/activity", id="surrender"),
        pytest.param("Soldiers defused a bomb found on the road to Bankass on Thursday.", "Disrupted weapons use", id="defused"),
        pytest.param("The army set up a base in Bankass on Thursday.", "Headquarters or base established", id="base"),
        pytest.param("Gunmen looted shops and burned 20 houses in Bankass on Thursday; the residents had fled.", "Looting/property destruction", id="looting"),
        pytest.param("JNIM fighters withdrew from Bankass on Thursday without a fight.", "Non-violent transfer of territory", id="transfer"),
        pytest.param("Gendarmes arrested six men accused of supplying fuel to jihadists in Bankass on Thursday.", "Arrests", id="arrests"),
        pytest.param("Soldiers seized power in a coup on Thursday and dissolved the government.", "Other", id="coup"),
    ],
)  # fmt: skip
def test_sub_type(coder: Coder, text: str, sub_type: str) -> None:
    coded = coder.code(document(text))
    assert [m.sub_event_type for m in coded.mentions] == [sub_type], coded.reject


@pytest.mark.parametrize(
    ("text", "disorder"),
    [
        ("Gunmen shot dead nine farmers in Bankass on Thursday.", "Political violence"),
        ("About 300 teachers protested in Bankass on Thursday.", "Demonstrations"),
        ("Police shot dead two protesters at a demonstration in Bankass on Thursday.", "Political violence; Demonstrations"),
        ("The army set up a base in Bankass on Thursday.", "Strategic developments"),
        ("A mob lynched two thieves in Bankass on Thursday.", "Political violence"),
    ],
)  # fmt: skip
def test_disorder_type(coder: Coder, text: str, disorder: str) -> None:
    assert coder.code(document(text)).mentions[0].disorder_type == disorder


def test_crowd_size_is_kept_in_the_words_of_the_text(coder: Coder) -> None:
    text = "About 2,000 teachers marched in Bankass on Thursday to protest against low pay."
    assert coder.code(document(text)).mentions[0].tags == "crowd size=About 2,000"


def test_bloodless_transfer_has_a_toll_of_zero(coder: Coder) -> None:
    text = "JNIM fighters withdrew from Bankass on Thursday. Not a shot was fired."
    deaths = coder.code(document(text)).mentions[0].fatalities
    assert (deaths.low, deaths.best, deaths.high) in {(0, 0, 0), (0, None, None)}
