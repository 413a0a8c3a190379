"""Two events told in one breath: each has its own place, day and dead (CODEBOOK 1, 8)."""

from datetime import datetime

import pytest

from tasks.coding.coder import Coder
from tasks.model.coding import Document
from tasks.text.fold import fold

_Told = list[tuple[str, str, int]]  # place, day, deaths
_TEXTS: dict[str, tuple[str, str, _Told]] = {
    "coordinated": (
        "2021-05-17T08:00:00+00:00",
        (
            "Four soldiers, three traders killed in Niger\n\n"
            "Four soldiers were killed in Diffa on Friday and three traders died in "
            "Tillaberi on Saturday, officials said.\n\n"
            "In Diffa, gunmen on motorcycles fired at a checkpoint at the edge of "
            "the town. The attackers fled toward the lake.\n\n"
            "In Tillaberi, the men stopped a lorry on the road to Ayorou and shot "
            "the traders, the governor's office said."
        ),
        [("Diffa", "2021-05-14", 4), ("Tillabéri", "2021-05-15", 3)],
    ),
    "gapped_same_day": (
        "2017-03-06T09:00:00+00:00",
        (
            "Two attacks in southern Somalia leave six dead\n\n"
            "Two people were killed in Baidoa and four in Kismayo on Sunday in "
            "attacks claimed by al-Shabaab, officials said.\n\n"
            "In Baidoa, a grenade was thrown into a tea shop. In Kismayo, gunmen "
            "shot four elders as they left a mosque."
        ),
        [("Baidoa", "2017-03-05", 2), ("Kismayo", "2017-03-05", 4)],
    ),
    "reprisal": (
        "2018-06-30T09:00:00+00:00",
        (
            "Mob burns shops after killings in Jos\n\n"
            "Gunmen killed eight people in Barkin Ladi on Thursday night, residents "
            "said.\n\n"
            "On Friday a mob attacked traders in Bukuru in an apparent reprisal and "
            "beat two men to death.\n\n"
            "Police said 12 suspects were held."
        ),
        [("Barkin Ladi", "2018-06-28", 8), ("Bukuru", "2018-06-29", 2)],
    ),
    "gapped_two_days": (
        "2023-07-06T09:00:00+00:00",
        (
            "Clashes in Darfur towns\n\n"
            "Fighting between the army and the Rapid Support Forces killed 14 "
            "people in Nyala on Tuesday and nine in Zalingei on Wednesday, a "
            "doctors' union said.\n\n"
            "Most of the dead in Nyala were civilians hit by shells."
        ),
        [("Nyala", "2023-07-04", 14), ("Zalingei", "2023-07-05", 9)],
    ),
    "summed_up": (
        "2008-04-15T09:00:00+00:00",
        (
            "Eight killed in Iraq\n\n"
            "BAGHDAD - Eight people were killed in Iraq on Monday, police said.\n\n"
            "In Mosul, a car bomb went off beside a police patrol, killing three "
            "policemen.\n\n"
            "In Baquba, gunmen killed a family of five in their house."
        ),
        [("Mosul", "2008-04-14", 3), ("Baqubah", "2008-04-14", 5)],
    ),
    "coordinated_in_one_sentence": (
        "2022-03-16T09:00:00+00:00",
        (
            "Two soldiers and a farmer killed in the Cauca\n\n"
            "Two soldiers were killed by snipers in Corinto on Sunday and a farmer "
            "was murdered in Caloto on Monday, the army said, blaming dissidents of "
            "the FARC."
        ),
        [("Corinto", "2022-03-13", 2), ("Caloto", "2022-03-14", 1)],
    ),
    "while": (
        "2012-10-05T08:00:00+00:00",
        (
            "Six die in Kandahar blast, judge shot in Jalalabad\n\n"
            "A roadside bomb killed six people in Kandahar on Thursday while gunmen "
            "shot dead a judge in Jalalabad on Wednesday, police said.\n\n"
            "The bomb in Kandahar hit a minibus near the bus station.\n\n"
            "The judge was on his way to the court when two men on a motorcycle "
            "opened fire."
        ),
        [("Kandahar", "2012-10-04", 6), ("Jalālābād", "2012-10-03", 1)],
    ),
    "a_day_later": (
        "2015-02-04T09:00:00+00:00",
        (
            "Mine kills three soldiers, shells hit village\n\n"
            "Three soldiers were killed when their vehicle hit a mine near "
            "Sloviansk on Monday, the army said.\n\n"
            "A day later five villagers died when shells hit houses in Avdiivka, "
            "the regional governor said."
        ),
        [("Sloviansk", "2015-02-02", 3), ("Avdiivka", "2015-02-03", 5)],
    ),
}


@pytest.mark.parametrize("name", _TEXTS)
def test_each_event_has_its_own_place_day_and_dead(
    placing_coder: Coder, name: str
) -> None:
    published, text, told = _TEXTS[name]
    coded = placing_coder.code(
        Document(
            name,
            text,
            text.partition("\n")[0],
            published_at=datetime.fromisoformat(published),
            language="en",
        )
    )
    found = [
        (fold(m.location.name), str(m.event_date.start), m.fatalities.best)
        for m in coded.mentions
    ]
    assert sorted(found) == sorted((fold(name), *rest) for name, *rest in told)


_ONE = "The army said {} on Monday in Gao. The governor spoke in Bamako on Tuesday."


@pytest.mark.parametrize(
    "told",
    [
        "two men were killed and four in hospital were in danger",
        "three soldiers were killed and five in critical condition",
        "gunmen killed two farmers, one in his house and one in the field",
    ],
)
def test_a_count_without_a_named_place_tells_no_second_event(
    placing_coder: Coder, told: str
) -> None:
    text = _ONE.format(told)
    when = datetime.fromisoformat("2019-03-20T09:00:00+00:00")
    coded = placing_coder.code(
        Document("one", text, "", published_at=when, language="en")
    )
    assert len(coded.mentions) == 1
