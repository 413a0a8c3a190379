"""Causes, memories and figures of speech beside the act that is reported."""

import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds of residents marched in Bankass on Thursday to protest the killing of a barber by police.",
        "Students demonstrated in Bankass on Thursday against the murder of two teachers, chanting slogans.",
        "Anger over the fatal shooting of a truck driver brought thousands of protesters to the streets of Bankass on Thursday.",
        "Traders held a rally in Bankass on Thursday, demanding justice for the killing of a colleague in custody.",
    ],
)  # fmt: skip
def test_what_a_crowd_protests_against_is_background(coder: Coder, text: str) -> None:
    coded = coder.code(document(text))
    assert [m.event_type for m in coded.mentions] == ["Protests"]
    assert coded.mentions[0].fatalities.best in {None, 0}
    assert any(e.rule_id == "R-STATUS-CAUSE" for e in coded.excluded)


def test_a_cause_with_a_day_of_its_own_may_be_an_event(coder: Coder) -> None:
    text = (
        "Residents protested in Bankass on Thursday against the killing on Wednesday of "
        "nine farmers by gunmen."
    )
    assert not any(
        e.rule_id == "R-STATUS-CAUSE" for e in coder.code(document(text)).excluded
    )


def test_a_week_in_the_window_is_recent_whatever_it_is_the_worst_of(
    coder: Coder,
) -> None:
    lead = "Rebels handed over the town of Bankass on Thursday without a fight."
    text = (
        "Last week rival militias fought in Douentza for three days, the worst violence "
        "in the area since the rebels were driven out in 2013."
    )
    why = {e.quote: e.why for e in coder.code(document(f"{lead}\n\n{text}")).excluded}
    assert not any("rival militias fought in Douentza" in q and "Last week" in q
                   for q in why), why  # fmt: skip


def test_weapons_recovered_do_not_unsay_the_day_of_an_arrest(
    placing_coder: Coder,
) -> None:
    text = (
        "Soldiers defused a roadside bomb near Gao, Mali, on Thursday, the army said.\n\n"
        "In Mopti, police arrested two suspected JNIM members on Tuesday evening and "
        "recovered three rifles and cash."
    )
    coded = placing_coder.code(document(text, title="Bomb defused, two held"))
    assert [(m.sub_event_type, m.location.name) for m in coded.mentions] == [
        ("Disrupted weapons use", "Gao"), ("Arrests", "Mopti"),
    ]  # fmt: skip


def test_bodies_found_later_do_not_date_the_attack(coder: Coder) -> None:
    text = (
        "Gunmen attacked a farm in Bankass on Saturday and opened fire.\n\n"
        "The bodies of two farmers they had taken were found on Monday beside a track."
    )
    event = coder.code(document(text)).mentions[0]
    assert str(event.event_date.start) == "2025-03-08"


def test_the_dead_alone_are_no_event(coder: Coder) -> None:
    text = (
        "The bells of the cathedral tolled on Friday, once for each of the dead.\n\n"
        "Suicide bombers attacked the cathedral on 14 March 2020, killing 41 people."
    )
    coded = coder.code(document(text, title="Five years on, Bankass remembers"))
    assert not coded.relevant
    assert coded.reject is not None
    assert coded.reject.reason == "historical"


def test_a_march_that_went_off_well_is_no_explosion(coder: Coder) -> None:
    text = "A march on Thursday by students in Bankass went off without incident."
    coded = coder.code(document(text, title="Students march"))
    assert [m.event_type for m in coded.mentions] == ["Protests"]


def test_a_politicians_rally_is_no_protest(coder: Coder) -> None:
    text = (
        "Bandits killed two herders in Bankass on Thursday.\n\nThe minister, who addressed "
        "a rally in Mopti the same day, promised more police."
    )
    assert [m.event_type for m in coder.code(document(text)).mentions] == [
        "Violence against civilians"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Twenty-two men are on trial for murder. The case was put off on Thursday.",
        "The officer was charged on Thursday with the killing of three herders.",
        "A court in Bankass sentenced two traders on Thursday for the kidnapping of a priest.",
    ],
)
def test_what_somebody_is_tried_for_is_background(coder: Coder, text: str) -> None:
    coded = coder.code(document(text, title="Bankass remembers July's dead"))
    assert not coded.relevant
    assert any(e.rule_id == "R-STATUS-COURT" for e in coded.excluded)


def test_riots_over_a_verdict_are_riots(coder: Coder) -> None:
    text = (
        "Nine people were killed on Thursday in riots in Bankass after a court sentenced the "
        "opposition leader to two years in prison, the judge's verdict that prosecutors had "
        "asked for.\n\nYoung people looted a market, torched buses and threw stones at police."
    )
    event = coder.code(document(text, title="Riots after trial")).mentions[0]
    assert (event.sub_event_type, event.fatalities.best) == ("Violent demonstration", 9)


def test_a_day_before_after_dates_what_it_stands_by(coder: Coder) -> None:
    text = (
        "More than 300 boys were missing on Wednesday after gunmen attacked a school in "
        "Bankass, in the central region of Mopti, on Tuesday night."
    )
    when = coder.code(document(text)).mentions[0].event_date
    assert str(when.start) == "2025-03-11"


def test_attackers_who_fled_are_no_victims(coder: Coder) -> None:
    text = "Armed men on a motorbike shot dead a tribal elder in Bankass on Thursday and fled."
    event = coder.code(document(text, title="Elder killed")).mentions[0]
    assert event.sub_event_type == "Attack"


def test_soldiers_who_left_first_gave_the_town_up(coder: Coder) -> None:
    text = (
        "JNIM fighters captured the town of Bankass on Thursday after soldiers abandoned "
        "their positions around it."
    )
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Non-state actor overtakes territory"
