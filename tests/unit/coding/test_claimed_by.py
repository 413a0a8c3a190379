"""Who an attack was claimed by stands behind the verb."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

ATTACK = "Gunmen attacked the village of Bankass on Thursday, killing nine farmers."


@pytest.mark.parametrize(
    "claim",
    [
        "The attack was claimed by JNIM.",
        "The attack drew a claim of responsibility by JNIM.",
    ],
)
def test_the_name_behind_by_claims(coder: Coder, claim: str) -> None:
    (mention,) = coder.code(document(f"{ATTACK} {claim}")).mentions
    assert (mention.responsibility_status, mention.responsibility_by) == (
        "claimed",
        "JNIM",
    )
    assert mention.side1[0].listed


def test_a_place_behind_by_claims_nothing(coder: Coder) -> None:
    body = f"{ATTACK} The attack was claimed by nobody, villagers said."
    (mention,) = coder.code(document(body)).mentions
    assert mention.responsibility_status != "claimed"
