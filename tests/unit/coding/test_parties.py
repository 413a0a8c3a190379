"""Who a party is: one force told in two words, one who no longer is one, foes in one breath."""

import pytest

from tasks.coding.coder import Coder
from tasks.coding.reading.parties import resolve_parties
from tasks.model.coding import ActorKind
from tasks.reference.actors import load_actors
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("An Army jawan was killed.", "Army jawan"),
        ("Two police constables were hurt.", "police constables"),
    ],
)
def test_a_force_and_its_men_are_one_party(text: str, mention: str) -> None:
    (party,) = resolve_parties(load_actors().find(text), text)
    assert party.mention == mention
    assert party.kind is ActorKind.STATE_FORCES


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A former rebel was shot dead by gunmen.", ActorKind.CIVILIANS),
        ("Gunmen killed a retired army officer.", ActorKind.CIVILIANS),
        ("Two ex-combatants of the FARC were murdered.", ActorKind.CIVILIANS),
        ("Two combatants of the FARC were killed.", ActorKind.REBEL_GROUP),
        ("A soldier was shot dead by gunmen.", ActorKind.STATE_FORCES),
    ],
)
def test_one_who_was_a_fighter_is_a_civilian(text: str, kind: ActorKind) -> None:
    kinds = {p.kind for p in resolve_parties(load_actors().find(text), text)}
    assert kind in kinds
    assert kinds <= {kind, ActorKind.UNIDENTIFIED}


def test_former_rebels_who_attack_are_a_group() -> None:
    text = "Former rebels attacked a post."
    (party,) = resolve_parties(load_actors().find(text), text)
    assert party.kind is ActorKind.UNIDENTIFIED


def test_both_camps_of_the_dead_of_a_gunfight_are_its_sides(
    placing_coder: Coder,
) -> None:
    body = (
        "Two Lashkar-e-Taiba militants and an Army jawan were killed in a gunfight in "
        "Sopore in north Kashmir on Thursday."
    )
    (event,) = placing_coder.code(document(body, country="IND")).mentions
    assert [a.name for a in event.side1] == ["Lashkar-e-Taiba (LeT)"]
    assert [a.name for a in event.side2] == ["Military Forces of India"]
    assert not event.initiator_known


def test_datelines_with_their_region_head_entries(placing_coder: Coder) -> None:
    body = (
        "SUÁREZ, Cauca — An officer died when an explosive dropped from a drone landed in "
        "the yard of the police station on Wednesday. The police commander blamed the "
        "Jaime Martínez Front.\n\n"
        "TIBÚ, Norte de Santander — At least six people lost their lives in combat on "
        "Tuesday between the National Liberation Army (ELN) and the 33rd Front of the "
        "FARC dissidents in a rural area of Tibú."
    )
    first, second = placing_coder.code(document(body, country="COL")).mentions
    assert [a.name for a in first.side1] == ["FARC Dissident: Jaime Martínez Front"]
    assert {a.name for a in (*second.side1, *second.side2)} == {
        "National Liberation Army (ELN)",
        "FARC Dissident: 33rd Front",
    }


@pytest.mark.parametrize(
    ("body", "name", "status"),
    [
        (
            (
                "An electrician died in San Sebastian in Spain on Thursday when a bomb hidden "
                "in a parked car exploded.\n\nThe minister attributed the attack to ETA."
            ),
            "Basque Homeland and Freedom (ETA)",
            "attributed",
        ),
        (
            (
                "A former rebel was shot dead by two men on a motorcycle in Guihulngan City in "
                "the Philippines on Wednesday.\n\nThe NPA's Leonardo Panaligan Command owned up "
                "to the killing in a statement."
            ),
            "New People's Army (NPA)",
            "claimed",
        ),
    ],
)
def test_who_is_named_later_is_the_initiator(
    placing_coder: Coder, body: str, name: str, status: str
) -> None:
    (event,) = placing_coder.code(document(body, country=None)).mentions
    assert event.side1[0].name == name
    assert event.responsibility_status == status
    assert event.side2[0].kind is ActorKind.CIVILIANS
