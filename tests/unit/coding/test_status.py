import pytest

from tasks.coding.coder import Coder
from tests.unit.coding.coding_texts import document

LEAD = "Gunmen attacked the village of Bankass on Thursday, killing nine farmers."


def fates(coder: Coder, sentence: str) -> dict[str, str]:
    """Return the reasons why spans of the sentence were excluded."""
    coded = coder.code(document(f"{LEAD}\n\n{sentence}"))
    return {e.quote: e.why for e in coded.excluded}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        pytest.param("Rebels attacked the town in May 2019.", "historical", id="month"),
        pytest.param("Clashes have shaken the area since 2012.", "historical", id="since"),
        pytest.param("It fell to rebels twelve years ago.", "historical", id="years-ago"),
        pytest.param("In 2009 he joined the rebellion. With sixty men he attacked the post of Kati.", "historical", id="life"),
        pytest.param("The first coup in August 2020 ousted him.", "historical", id="coup"),
        pytest.param("Rebels will attack the capital, he said.", "future", id="will"),
        pytest.param("Militants may bomb hotels at Easter.", "hypothetical", id="may"),
        pytest.param("They threatened to kill the hostages.", "hypothetical", id="threat"),
        pytest.param("He warned of an attack on the dam.", "hypothetical", id="warning"),
        pytest.param("The town was not attacked.", "negated", id="not"),
        pytest.param("The army denied that it shelled the market.", "denied", id="denied"),
        pytest.param("A march is planned for next Monday; unions will protest.", "future", id="plan"),
    ],
)  # fmt: skip
def test_status_belongs_to_the_trigger(coder: Coder, sentence: str, why: str) -> None:
    assert why in fates(coder, sentence).values(), fates(coder, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "No fewer than nine people were killed.",
        "Soldiers violating a 2015 peace deal were attacked on Thursday.",
        "Gunmen, who did not speak, killed two men on Thursday.",
    ],
)
def test_words_that_only_look_like_another_time_or_a_denial(
    coder: Coder, sentence: str
) -> None:
    coded = coder.code(document(sentence))
    assert coded.mentions, coded.reject


def test_a_year_inside_a_noun_phrase_does_not_age_the_sentence(coder: Coder) -> None:
    text = "Rebels attacked Bankass on Thursday over violations of a 2015 peace deal."
    assert coder.code(document(text)).mentions
    assert all(
        "attacked" not in e.quote or "2015" in e.quote
        for e in coder.code(document(text)).excluded
    )


def test_a_paragraph_about_the_past_stays_in_the_past(coder: Coder) -> None:
    text = (
        "Survivors gathered at the well.\n\nOn 23 March 2019 gunmen surrounded the village. "
        "Some 160 people were killed. They burned the huts."
    )
    coded = coder.code(document(text))
    assert not coded.mentions
    assert coded.reject is not None
    assert {e.why for e in coded.excluded} == {"historical"}


def test_a_memorial_day_does_not_date_the_attack_it_recalls(coder: Coder) -> None:
    text = (
        "Thousands laid flowers in Bankass on Thursday, 37 years after aircraft bombed the "
        "town and killed 300 people."
    )
    coded = coder.code(document(text))
    assert not coded.mentions
    assert {e.why for e in coded.excluded} == {"historical"}


def test_a_weekday_told_in_the_past_is_never_ahead(coder: Coder) -> None:
    text = (
        "Men suspected to be bandits on Monday invaded Bankass and killed nine farmers."
    )
    start = coder.code(document(text)).mentions[0].event_date.start
    assert start is not None
    assert start.isoformat() == "2025-03-10"


@pytest.mark.parametrize(
    "sentence",
    [
        "He said rebels killed several soldiers, which he called an answer to the pact of 2015.",
        "He said rebels had killed several soldiers, who had broken the deal signed in 2015.",
        "Rebels who signed a peace deal in 2015 killed several soldiers.",
        "Rebels killed several soldiers of a brigade formed in 2015.",
    ],
)
def test_the_year_of_another_clause_ages_neither_verb_nor_figure(
    coder: Coder, sentence: str
) -> None:
    coded = coder.code(document(f"Rebels raided Bankass on Thursday.\n\n{sentence}"))
    told = coded.mentions[0].fatalities
    assert (told.low, told.best, told.text) == (3, None, "several soldiers")
    assert not any(
        "killed" in e.quote and "2015" not in e.quote for e in coded.excluded
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels, who had killed several soldiers in 2015, were seen there.",
        "In 2015 rebels killed several soldiers there.",
        "An attack that killed several soldiers in 2015 was recalled by many.",
    ],
)
def test_a_figure_of_the_clause_the_year_stands_in_is_old(
    coder: Coder, sentence: str
) -> None:
    coded = coder.code(document(f"Rebels raided Bankass on Thursday.\n\n{sentence}"))
    assert coded.mentions[0].fatalities.low == 0


def test_background_of_long_ago_is_listed_as_historical(coder: Coder) -> None:
    why = fates(coder, "Mali has known violence since 2012, when an army rose.")
    assert [w for quote, w in why.items() if "since 2012" in quote] == ["historical"]
    assert fates(coder, "The mayor, born in 1985, is a teacher.") == {}
