"""French words of fear, campaigns and execution, through the pack and the rules."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    "text",
    [
        "Les habitants de Gao craignent que le JNIM n'attaque la ville.",
        "La population de Bunia redoute que les miliciens n'envahissent la ville.",
        "Le ministère a lancé lundi une offensive contre le choléra à Mopti, au Mali.",
        "Le gouvernement malien a lancé mardi une offensive diplomatique à Bamako.",
    ],
)
def test_what_is_feared_or_a_campaign_is_no_event(coder: Coder, text: str) -> None:
    assert coder.code(document(text, "", language="fr")).mentions == ()


def test_guards_are_soldiers_and_the_shot_are_dead(placing_coder: Coder) -> None:
    (killed,) = placing_coder.code(
        document(
            "Cinq gardes nationaux ont péri mercredi à Téra, au Niger, dans une "
            "embuscade attribuée à l'EIGS.",
            "",
            country="NER",
            language="fr",
        )
    ).mentions
    assert [a.name for a in killed.side2] == ["Military Forces of Niger"]
    (shot,) = placing_coder.code(
        document(
            "Trois personnes ont été fusillées vendredi par des miliciens près de "
            "Mongbwalu, en RDC.",
            "",
            country="COD",
            language="fr",
        )
    ).mentions
    assert (shot.sub_event_type, shot.fatalities.best) == ("Attack", 3)
