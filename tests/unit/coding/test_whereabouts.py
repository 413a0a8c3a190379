"""Which place of a text is the event's: the one told beside the act, known or not."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


def place(coder: Coder, title: str, *body: str) -> str:
    coded = coder.code(document("\n\n".join(body), country=None, title=title))
    assert coded.mentions, coded.reject
    return coded.mentions[0].location.name


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Kpotuvi", "LOMÉ, Togo (TW) — Gunmen killed six farmers in the village of Kpotuvi on Monday, a councillor said. The wounded were taken to hospital in Dapaong."),
        ("Wakombela", "GOMA, DR Congo – Militiamen attacked the settlement of Wakombela on Sunday and shot eleven people dead, residents said. They were buried on Monday."),
        ("Hinulawan", "MANILA – Suspected rebels ambushed an army patrol in Hinulawan on Tuesday, leaving two soldiers dead, the military said."),
    ],
)  # fmt: skip
def test_an_unknown_village_told_beside_the_act_beats_the_dateline(
    placing_coder: Coder, expected: str, text: str
) -> None:
    assert place(placing_coder, "Several dead in attack", text) == expected


def test_a_road_or_a_channel_no_gazetteer_knows_is_no_place(
    placing_coder: Coder,
) -> None:
    text = (
        "Soldiers shot dead seven villagers in Mopti on Saturday, a councillor said in a "
        "video posted on YouTube. They were stopped on Avenue Kassaba."
    )
    assert place(placing_coder, "Seven dead", text) == "Mopti"


def test_who_speaks_or_has_an_age_is_no_town(placing_coder: Coder) -> None:
    body = (
        "Thousands of people marched in Kutaisi, Georgia, on Friday against the new law.",
        "“I came with my sister,” said Luka, a student.",
        "“We shall be back,” said Nino, 52, who sells bread.",
    )
    assert place(placing_coder, "Crowds march against law", *body) == "Kutaisi"


def test_a_name_after_a_south_asian_title_is_no_province(placing_coder: Coder) -> None:
    coded = placing_coder.code(
        document(
            "Two groups clashed with machetes in Pirojgonj on "
            "Monday, leaving three people dead.\n\nOC Md Rafiqul Bari said two were held.",
            country="BGD",
            title="Two held after clash",
        )
    )
    assert coded.mentions[0].location.country == "BGD"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Nakuru", "NAKURU: Police fired teargas at hundreds of protesters at Mbogo roundabout on Friday."),
        ("Ballymena", "A soldier was killed on Friday in Ballymena, Northern Ireland, when a bomb fixed beneath his Vauxhall Astra went off. A caller told a Belfast newsroom the IRA had planted it."),
        ("Daura", "Gunmen abducted 17 worshippers from a mosque in Daura, Katsina State, Nigeria, on Friday, residents told the Arewa Mail."),
    ],
)  # fmt: skip
def test_streets_have_a_town_and_makes_and_newsrooms_are_none(
    placing_coder: Coder, expected: str, text: str
) -> None:
    assert place(placing_coder, "News of Friday", text) == expected


def test_a_day_told_inside_a_weekend_is_the_events(coder: Coder) -> None:
    body = (
        "Gunmen attacked villagers in Mopti over the weekend, a rights group said.",
        "The gunmen killed four of them on Saturday night.",
    )
    coded = coder.code(document("\n\n".join(body), title="Villagers attacked"))
    when = coded.mentions[0].event_date
    assert when.start is not None
    assert (when.start.isoformat(), when.end) == ("2025-03-08", when.start)


def test_a_sum_of_the_dead_has_no_day(coder: Coder) -> None:
    body = (
        "A man wounded when grenades were hurled into two bars in Mopti on Monday evening "
        "died this morning, bringing to four the number of people killed, police said."
    )
    coded = coder.code(document(body, title="Grenades thrown into bars kill four"))
    when = coded.mentions[0].event_date.start
    assert when is not None
    assert when.isoformat() == "2025-03-10"


def test_entries_that_tell_no_day_take_that_of_the_preamble(coder: Coder) -> None:
    body = (
        "Following are security developments in Mali on Wednesday.",
        "GAO - Gunmen shot dead two policemen at a checkpoint, residents said.",
        "MOPTI - A roadside bomb killed three soldiers on a patrol, the army said.",
    )
    coded = coder.code(document("\n\n".join(body), title="Security developments"))
    days = [m.event_date.start for m in coded.mentions]
    assert [d and d.isoformat() for d in days] == ["2025-03-12", "2025-03-12"]
