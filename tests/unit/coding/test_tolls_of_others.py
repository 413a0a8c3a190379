"""Whose figures they are: of the event, a row of killings, a war, an older raid, a part."""

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
        (
            "Police used tear gas to clear several hundred protesters from a square in Tbilisi on Wednesday. Five people were taken to hospital with breathing difficulties, doctors said.",
            (0, 0, 0),
        ),
        (
            "Settlers entered the village of Sinjil on Monday, set fire to four cars and threw stones at houses. A man of 61 was hit on the head and treated at the clinic.",
            (0, 0, 0),
        ),
        (
            "Protesters clashed with police in Nairobi on Tuesday. Three officers had bruises, the police said.",
            (0, 0, 0),
        ),
        (
            "Two men were shot dead on Tuesday when police fired on marchers in Puno, the ombudsman said. The strike committee said a third demonstrator died on the way to hospital. Health officials confirmed only the two deaths.",
            (2, 2, 3),
        ),
        (
            "Troops exchanged fire on Wednesday near Vardenis. There are no dead on our side, the ministry said.",
            (0, 0, 0),
        ),
        (
            "Rebels shelled an army post near Sake on Monday. The army said it had no losses.",
            (0, 0, 0),
        ),
        (
            "Constable Ravi Perera (27) of Galle was killed when rebels threw a grenade at a post in Vavuniya on Monday.",
            (1, 1, 1),
        ),
        (
            "Thousands marched in Novi Sad on Saturday over the collapse of a station canopy that killed 16 people in November.",
            (0, None, None),
        ),
        (
            "The death toll from Monday night's attack on a farming settlement near Bokkos has risen to 12, as one of the injured died on Wednesday, a youth leader said.",
            (12, 12, 12),
        ),
        (
            "Gunmen attacked a convoy near Kidal on Monday. On April the 28th three soldiers were killed on the same road.",
            (0, None, None),
        ),
        (
            "Militants attacked a post in Hangu on Sunday and six soldiers embraced martyrdom while ten terrorists were sent to hell, the army said.",
            (16, 16, 16),
        ),
        (
            "A grenade thrown at a bar in Bujumbura on Monday left one person dead and seven others with injuries.",
            (1, 1, 1),
        ),
        (
            "A suicide bomber killed himself and four policemen in Grozny on Sunday.",
            (5, 5, 5),
        ),
        (
            "Nobody was killed when rockets hit the airport in Baghdad on Sunday, but four workers were injured.",
            (0, 0, 0),
        ),
    ],
)
def test_low_best_and_high_are_those_of_the_event(
    placing_coder: Coder, text: str, told: tuple[int, int | None, int | None]
) -> None:
    document = Document("one", text, "", published_at=_NOW, language="en")
    dead = placing_coder.code(document).mentions[0].fatalities
    assert (dead.low, dead.best, dead.high) == told
