"""Tolls whose parts stand apart: foes beside soldiers, names between titles, 'besides himself'."""

from datetime import UTC, datetime

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

N = None


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Soldiers fatally wounded a girl of 15 during a raid in Tubas in the West Bank on Tuesday, medics said.", (1, 1, 1)),
        ("Two traders were mortally wounded when gunmen attacked a bus near Bauchi, Nigeria, on Tuesday.", (2, 2, 2)),
        ("Gunmen attacked a lorry near Kohat, Pakistan, on Tuesday, killing a boy and wounding nine men. Three of the injured succumbed to their wounds in hospital.", (4, 4, 4)),
        ("Police shot and killed four of the five kidnappers near Ado, Nigeria, on Monday. The fifth fled.", (4, 4, 4)),
        ("Rebels slit the throats of eight woodcutters near Konduga, Nigeria, on Monday.", (8, 8, 8)),
        ("A suicide bomber blew himself up in a cafe in Baidoa, Somalia, on Monday, killing six people besides himself, police said.", (7, 7, 7)),
        ("A bomber drove into a checkpoint near Gao, Mali, on Tuesday and killed four soldiers apart from himself, the army said.", (5, 5, 5)),
        ("Gunmen fired on a patrol near Mandera, Kenya, on Monday, killing two soldiers. An assailant was shot dead.", (3, 3, 3)),
        ("Rebels ambushed a patrol near Tetovo, Macedonia, on Sunday. A policeman was killed, the interior ministry said. The group said two of its fighters died.", (3, 3, 3)),
        ("Seven members of the Karen Freedom Fighters (KFF) and a soldier were killed in Kawkareik, Myanmar, on Monday, the military said. KFF spokesman Saw Bu said five soldiers were slain and it lost only two men.", (7, 8, 8)),
        ("The mayor of Tapalpa, Raul Valle, and his driver were shot dead by gunmen in Jalisco, Mexico, on Sunday, prosecutors said.", (2, 2, 2)),
        ("An air strike on Kani, Myanmar, on Sunday killed nine displaced people, four of them schoolchildren.", (9, 9, 9)),
        ("The toll from Sunday's bomb in Beni, DR Congo, has risen to five, the army said. The teacher, who was taken to hospital, died, the hospital said.", (5, 5, 5)),
        ("Bandits gunned down the village head of Kagara, Nigeria, on Monday, police said.", (1, 1, 1)),
        ("An air raid near Mir Ali, Pakistan, on Monday killed the commander Noor Wali, his deputy and four other militants, the military said.", (6, 6, 6)),
        ("Gunmen killed a priest, Father Alain Zongo, and five parishioners in a church in Dablo, Burkina Faso, on Sunday.", (6, 6, 6)),
        ("Clashes between Hema and Lendu militias near Djugu, DR Congo, on Monday claimed at least 16 lives, six of them children.", (16, 16, N)),
        ("Not a single soldier died when rockets struck a base in Erbil, Iraq, on Monday, officials said.", (0, 0, 0)),
        ("Rebels shot dead four out of seven policemen in a lorry near Bijapur, India, on Monday.", (4, 4, 4)),
        ("Gunmen shot a trader dead and injured his brother in Bamenda, Cameroon, on Monday.", (1, 1, 1)),
    ],
)  # fmt: skip
def test_those_who_died_together_are_counted_together(
    coder: Coder, text: str, toll: tuple[int, int | None, int | None]
) -> None:
    coded = coder.code(document(text, published=datetime(2024, 5, 22, tzinfo=UTC)))
    found = coded.mentions[0].fatalities
    assert (found.low, found.best, found.high) == toll


@pytest.mark.parametrize(
    ("text", "best"),
    [
        (("Six soldiers of the Royal Nepalese Army and a tea vendor were killed when rebels "
         "ambushed a patrol near Dang, Nepal, on Monday."), 7),
        (("Two Lashkar-e-Taiba (LeT) militants and an Army jawan were killed in a gunfight "
         "in Sopore, India, on Monday."), 3),
        (("Four women were bruised when police broke up a march in Kampala, Uganda, on "
         "Monday."), 0),
    ],
)  # fmt: skip
def test_a_force_or_a_short_name_between_keeps_the_count(
    coder: Coder, text: str, best: int
) -> None:
    coded = coder.code(document(text, published=datetime(2024, 5, 22, tzinfo=UTC)))
    assert coded.mentions[0].fatalities.best == best
