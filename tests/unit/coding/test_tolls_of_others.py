"""Figures that are not the event's: of a row of killings, a war, an older raid, a part."""

from datetime import UTC, datetime

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import Document

_NOW = datetime(2024, 5, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Gunmen shot dead the mayor of Sasabe on Sunday. She is the third mayor killed in Sonora in eight months.",
            (1, 1, 1),
        ),
        (
            "A journalist was shot dead in Veracruz on Monday, the fourth reporter murdered in the state this year.",
            (1, 1, 1),
        ),
        (
            "A policeman was killed by a sniper near Chinari on Tuesday. A war over the enclave killed some 30,000 people in the early 1990s.",
            (1, 1, 1),
        ),
        (
            "Four soldiers were killed on Monday when rebels ambushed their lorry near Kidal. Two of the soldiers died on the way to hospital.",
            (4, 4, 4),
        ),
        (
            "Ibrahim Sani and nine other people were shot dead on Sunday when gunmen rode into the market of Ayorou.",
            (10, 10, 10),
        ),
        (
            "The village chief and six others were killed on Friday when militiamen attacked Kilo.",
            (7, 7, 7),
        ),
        (
            "A drone strike killed at least 16 people near Finote Selam on Monday. Thirteen bodies were brought in at noon and three of the wounded died in the night, a doctor said.",
            (16, 16, None),
        ),
        (
            "Fourteen villagers were killed near Bougara on Sunday, the security forces said. The daily El Watan, which put the number of dead at 22, said the killers came on foot.",
            (14, 14, 22),
        ),
        (
            "Fourteen villagers had their throats cut near Bougara on Sunday, Algerian security forces said. A newspaper put the toll at 22.",
            (14, 14, 22),
        ),
        (
            "An air strike killed 12 civilians in Taiz on Monday, officials said. The strike came three weeks after a raid on a plant in Hajja, in which, residents say, 36 workers died.",
            (12, 12, 12),
        ),
        (
            "Gunmen killed five people in Riyom on Friday. The attack comes two months after herders, according to a local leader, slaughtered 40 villagers in Bokkos.",
            (5, 5, 5),
        ),
        (
            "Ten rebels and a soldier were killed when the group attacked a post in Shariff Aguak on Sunday, the military said. The rebels' spokesman disputed the account. He said nine soldiers were slain and the group lost only three men.",
            (11, 11, 12),
        ),
        (
            "The army said one of its soldiers was killed in Artsakh on Monday. Its opponent said three soldiers of the army died.",
            (1, 1, 3),
        ),
        (
            "Three troops died in an ambush near Llochegua on Saturday, the army said, correcting a first report of two.",
            (3, 3, 3),
        ),
        (
            "Six people were killed in Kenscoff on Monday, police said. The mayor put the dead at nine.",
            (6, 6, 9),
        ),
        (
            "Police said the bodies of two men were found on Saturday near the mine that gunmen raided on Friday, raising the toll from five to seven.",
            (7, 7, 7),
        ),
        (
            "At least eight people were killed in Baidoa on Friday when a bomb exploded. The dead included two policemen and a cook.",
            (8, 8, None),
        ),
        (
            "A guerrilla commander and two of his fighters were killed in Tetovo on Monday.",
            (3, 3, 3),
        ),
    ],
)
def test_low_best_and_high_are_those_of_the_event(
    placing_coder: Coder, text: str, told: tuple[int, int | None, int | None]
) -> None:
    document = Document("one", text, "", published_at=_NOW, language="en")
    dead = placing_coder.code(document).mentions[0].fatalities
    assert (dead.low, dead.best, dead.high) == told
