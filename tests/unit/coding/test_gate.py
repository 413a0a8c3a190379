import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import CodedArticle
from tasks.model.reasons import RejectReason
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        pytest.param("Rovers storm to victory", "The visitors bombarded the goal in the second half and the striker scored twice before half time. The coach praised his midfielder after the match. The derby ended with two goals and a red card.", RejectReason.SPORT, id="sport"),
        pytest.param("Review: a siege film", "In her second feature film the director lets gunmen storm a church. The actors are good. The film opens in cinemas on Friday after its premiere.", RejectReason.CULTURE, id="film"),
        pytest.param("Marines storm port in drill", "Marines stormed a mock enemy port on Thursday in a joint exercise. Role players fired blank rounds. The drill ends on Friday.", RejectReason.EXERCISE, id="drill"),
        pytest.param("Warlord jailed for 30 years", "A court sentenced a former rebel to 30 years on Thursday. The judges convicted him of murder. Prosecutors told the trial that his men killed 42 villagers in 2003. His lawyers will appeal the verdict.", RejectReason.COURT, id="court"),
        pytest.param("Blast at fireworks workshop", "Five people were killed on Thursday when an explosion flattened a fireworks workshop. It was an accident caused by a gas leak, the fire chief said.", RejectReason.ACCIDENT, id="accident"),
        pytest.param("EDITORIAL: Enough", "Killers stormed a village again on Thursday and shot the men.", RejectReason.OPINION, id="editorial"),
        pytest.param("Army: the town was not attacked", "The army denied on Thursday that the town of Bankass had been attacked. Nobody was killed, it said.", RejectReason.DENIED, id="denied"),
        pytest.param("Town remembers", "On 23 March 2009 gunmen killed 160 people here. The survivors gathered on Thursday for the anniversary.", RejectReason.HISTORICAL, id="anniversary"),
        pytest.param("Weather", "It rained in the north on Thursday and the roads were wet all day long.", RejectReason.NO_EVENT, id="nothing"),
    ],
)  # fmt: skip
def test_texts_that_are_not_coded_say_why(
    coder: Coder, title: str, text: str, reason: RejectReason
) -> None:
    coded = coder.code(document(text, title))
    assert coded.reject is not None, coded.mentions
    assert coded.reject.reason is reason
    assert not coded.relevant


def code(coder: Coder, text: str) -> CodedArticle:
    return coder.code(document(text))


def test_soldiers_at_a_sports_ground_are_still_an_attack(coder: Coder) -> None:
    text = (
        "JNIM fighters attacked soldiers guarding a football match in Bankass on Thursday, "
        "killing six soldiers. The match was stopped."
    )
    assert code(coder, text).relevant
