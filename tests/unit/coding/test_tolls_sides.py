"""Tolls of several sides, one count over two nouns, and who says a figure."""

import pytest

from tasks.coding.claims.claims import find_attributions
from tasks.coding.tolls.tolls import derive_fatalities, find_tolls
from tasks.text.segment import segment

N = None


def told(text: str) -> tuple[int, int | None, int | None]:
    sentences = segment(text, 0)
    said = find_attributions(text, sentences)
    found = derive_fatalities(find_tolls(text, sentences, attributions=said))
    return found.low, found.best, found.high


def speakers(text: str) -> list[str | None]:
    return [a.speaker for a in find_attributions(text, segment(text, 0))]


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Hospitals said dozens of militiamen and Tigrayan fighters were killed.", (24, N, 99)),
        ("A councillor said 14 marines and police were killed.", (14, 14, 14)),
        ("Turkey: three gendarmes, bomber dead in Van", (4, 4, 4)),
        ("The governor and his two bodyguards were shot dead.", (3, 3, 3)),
        ("The mayor was shot dead along with his three guards.", (4, 4, 4)),
        ("The enemy left nine bodies behind, the colonel said. A marine also died, he said.", (10, 10, 10)),
        ("She put the number of army dead at 22 and the rebels' own at four.", (26, 26, 26)),
        ("The number of people killed has risen to 41, the mayor said.", (41, 41, 41)),
        ("Commanders said they suffered zero casualties.", (0, 0, 0)),
        ("Gunmen burst into a church, killing a priest and five worshippers, the mayor said.", (6, 6, 6)),
        ("Nobody was harmed in the raid.", (0, 0, 0)),
        ("Six marchers were treated for inhaling gas.", (0, 0, 0)),
        ("The ministry could not confirm the deaths.", (0, N, N)),
        ("Officials gave no death toll.", (0, N, N)),
    ],
)  # fmt: skip
def test_tolls_of_several_sides(
    text: str, toll: tuple[int, int | None, int | None]
) -> None:
    assert told(text) == toll


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sgt. Ana Ruiz said two died. She said a third was missing.", ["Sgt. Ana Ruiz", "Sgt. Ana Ruiz"]),
        ("The rebels said nine had died; the army admitted three dead.", ["The rebels", "the army"]),
        ("Herders reached by phone said they had counted six bodies.", ["Herders reached by phone"] * 2),
        ("The Navy did not say how many died.", ["The Navy"]),
        ("The chief, who lost two sons in the raid, said 19 had died.", ["The chief"]),
    ],
)  # fmt: skip
def test_a_claimant_is_somebody_and_whole(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_a_long_title_is_not_cut() -> None:
    name = (
        "General Idris Abbas, commander of the joint force of the five states of the region "
        "and deputy head of its council in charge of operations, logistics and training"
    )
    assert speakers(f"{name}, said 12 soldiers had died.") == [name]


def test_each_side_of_a_semicolon_speaks_for_itself() -> None:
    text = "The rebels said they had lost two men; the army admitted three dead."
    sentences = segment(text, 0)
    said = find_attributions(text, sentences)
    own, other = find_tolls(text, sentences, attributions=said)
    assert (own.claimant, own.victims, other.claimant) == (
        "The rebels", "armed", "the army",
    )  # fmt: skip
