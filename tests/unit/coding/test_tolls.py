"""Tolls and fatalities, written before any gold item was looked at. Rows: text, low, best, high."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.coding.claims.claims import find_attributions
from tasks.coding.tolls.tolls import RULES, TollMention, derive_fatalities, find_tolls
from tasks.model.coding import Fatalities
from tasks.text.segment import segment

N = None


def tolls(text: str) -> tuple[TollMention, ...]:
    sentences = segment(text, 0)
    return find_tolls(text, sentences, attributions=find_attributions(text, sentences))


def fatalities(text: str) -> tuple[int, int | None, int | None]:
    found = derive_fatalities(tolls(text))
    return found.low, found.best, found.high


FIRM = [
    ("Gunmen killed nine villagers.", 9),
    ("Gunmen killed 9 people on Friday.", 9),
    ("GUNMEN KILLED NINE VILLAGERS.", 9),
    ("Nine villagers were killed by gunmen.", 9),
    ("Nine villagers have been killed by gunmen.", 9),
    ("Nine people died in the attack.", 9),
    ("Nine people lost their lives in the attack.", 9),
    ("The attack claimed nine lives.", 9),
    ("The attack claimed the lives of nine people.", 9),
    ("The blast left nine people dead.", 9),
    ("The blast left nine dead and 14 wounded.", 9),
    ("Nine dead in market bombing", 9),
    ("Nine killed in market bombing", 9),
    ("Market bombing kills nine", 9),
    ("Market bombing kills 9, injures 20", 9),
    ("Suicide bomber kills 8 soldiers at checkpoint", 8),
    ("Twenty-three people were killed.", 23),
    ("One hundred and twelve people were killed.", 112),
    ("A total of 17 soldiers were killed.", 17),
    ("Some 1,200 people were killed.", 1200),
    ("Two dozen fighters were killed.", 24),
    ("A dozen fighters were killed.", 12),
    ("A couple of guards were killed.", 2),
    ("Both drivers were killed.", 2),
    ("A soldier was killed.", 1),
    ("A soldier has been killed by a mine.", 1),
    ("One soldier was killed and four were wounded.", 1),
    ("The explosion killed a policeman.", 1),
    ("The explosion killed one policeman and wounded two.", 1),
    ("A mayor and his driver were killed.", 2),
    ("The bomb killed a mayor and his driver.", 2),
    ("A man, a woman and a child were killed.", 3),
    ("Gunmen shot dead a priest and two nuns.", 3),
    ("Gunmen shot dead two traders.", 2),
    ("Gunmen shot two traders dead.", 2),
    ("Gunmen shot and killed two traders.", 2),
    ("Two traders were shot dead.", 2),
    ("Two traders were shot and killed.", 2),
    ("Two traders were gunned down.", 2),
    ("Gunmen gunned down two traders.", 2),
    ("Three farmers were hacked to death.", 3),
    ("A suspected thief was beaten to death by a mob.", 1),
    ("Three farmers were beheaded.", 3),
    ("The militia executed four prisoners.", 4),
    ("Four prisoners were executed by the militia.", 4),
    ("A judge was assassinated on Monday.", 1),
    ("The assassination of a judge shocked the town.", 1),
    ("The killing of four miners was confirmed.", 4),
    ("The deaths of four miners were confirmed.", 4),
    ("Police recovered 12 bodies.", 12),
    ("Twelve bodies were found in a mass grave.", 12),
    ("The bodies of four men were found.", 4),
    ("The body of a man was found by the road.", 1),
    ("Hospitals recorded seven deaths.", 7),
    ("There were seven fatalities.", 7),
    ("Seven soldiers were slain in the ambush.", 7),
    ("Troops neutralised 11 terrorists.", 11),
    ("Eleven terrorists were neutralised by troops.", 11),
    ("The army lost five men in the ambush.", 5),
    ("Two soldiers and three civilians were killed.", 5),
    ("Two soldiers were killed as well as three civilians.", 5),
    ("Eighteen people, including four children, were killed.", 18),
    ("Eighteen people were killed, including four children.", 18),
    ("Eighteen people were killed, among them four children.", 18),
    ("Eighteen people were killed, four of them children.", 18),
    ("12 soldiers, three of them officers, were killed.", 12),
    ("Ten people were killed and 30 others wounded.", 10),
    ("Ten people were killed, 30 wounded and five abducted.", 10),
    ("Bandits kill nine, abduct 43 in Zamfara community", 9),
    ("Nine killed, 43 abducted in Zamfara community", 9),
    ("Five people, aged between 14 and 60, were killed.", 5),
    ("A 43-year-old man was killed.", 1),
    ("Two men aged 34 and 41 were shot dead.", 2),
    ("The ambush killed six soldiers 20 km from the town.", 6),
    ("The attackers killed six soldiers and burned three vehicles.", 6),
    ("The attackers burned 12 houses and killed six people.", 6),
    ("Six people died when 20 gunmen attacked the village.", 6),
    ("About 40 gunmen on 15 motorcycles killed six people.", 6),
    ("Six of the attackers were killed.", 6),
    ("Six members of the family were killed.", 6),
    ("Three Palestinians were killed by settlers.", 3),
    ("Israeli fire killed three Palestinians.", 3),
    ("The bomb injured a soldier and killed another.", 1),
    ("The bomb went off, injuring a soldier and killing another.", 1),
    ("The bomb went off, killing four and wounding nine.", 4),
    ("The clash resulted in the death of two rebels.", 2),
    ("Three suspected rebels were slain and a soldier was hurt.", 3),
    ("Police killed two robbers and arrested four.", 2),
    ("The death toll stands at 31.", 31),
    ("The death toll from the attack was put at 31.", 31),
    ("The death toll rose to 31 on Sunday.", 31),
    ("The attack brought the death toll to 31.", 31),
    ("The toll rose from 12 to 19.", 19),
    ("Twelve people were killed. The death toll later rose to 19.", 19),
    ("Twelve people were killed in the attack. Twelve people died, police said.", 12),
    ("Nine killed in attack\n\nGunmen killed nine people on Friday.", 9),
    ("Five soldiers were killed. Seven militants also died.", 12),
    ("Six people were killed. A seventh person died in hospital.", 7),
    ("Four people were killed. Another two died in hospital.", 6),
]


@pytest.mark.parametrize(("text", "best"), FIRM, ids=[r[0][:60] for r in FIRM])
def test_firm_number_is_the_best_estimate(text: str, best: int) -> None:
    assert fatalities(text)[1] == best


INTERVALS = [
    ("At least 12 soldiers were killed.", 12, 12, N),
    ("No fewer than nine persons were killed.", 9, 9, N),
    ("More than 30 people were killed.", 30, 30, N),
    ("Over 30 people were killed.", 30, 30, N),
    ("Not less than nine persons died.", 9, 9, N),
    ("AT LEAST 12 SOLDIERS WERE KILLED.", 12, 12, N),
    ("Up to 30 people were killed.", 0, N, 30),
    ("As many as 30 people were killed.", 0, N, 30),
    ("Fewer than ten people were killed.", 0, N, 10),
    ("Several soldiers were killed.", 3, N, 9),
    ("Killing several soldiers, they took the camp.", 3, N, 9),
    ("A few soldiers were killed.", 3, N, 9),
    ("Dozens of people were killed.", 24, N, 99),
    ("Dozens killed in clashes", 24, N, 99),
    ("Scores of people were killed.", 40, N, 99),
    ("Hundreds of people were killed.", 200, N, 999),
    ("Between 15 and 20 people were killed.", 15, N, 20),
    ("Fifteen to 20 people were killed.", 15, N, 20),
    ("Two or three people were killed.", 2, N, 3),
    ("Many people were killed.", 3, N, N),
    ("Soldiers were killed in the fighting.", 1, N, N),
    ("The attack killed civilians.", 1, N, N),
    ("There were deaths, no toll was given.", 1, N, N),
    ("At least 12 people were killed, a hospital said.", 12, 12, N),
    ("Twelve people were killed.", 12, 12, 12),
]


@pytest.mark.parametrize(
    ("text", "low", "best", "high"), INTERVALS, ids=[r[0][:60] for r in INTERVALS]
)
def test_vague_and_bounded_words_become_intervals(
    text: str, low: int, best: int | None, high: int | None
) -> None:
    assert fatalities(text) == (low, best, high)


SILENT = [
    "Gunmen attacked the village on Friday.",
    "Rebels seized the town without meeting resistance.",
    "The heart attack killed the bill's chances.",
    "Protesters marched on the parliament.",
    "The army destroyed 12 vehicles and three boats.",
    "The two sides signed an agreement.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silence_on_deaths_is_zero_low_and_no_best(text: str) -> None:
    assert fatalities(text) == (0, N, N)


NOBODY = [
    "Nobody was killed.",
    "No one was hurt in the blast.",
    "There were no casualties.",
    "No casualties were reported.",
    "NO CASUALTIES WERE REPORTED.",
    "No deaths were reported.",
    "The bomb exploded without causing casualties.",
    "The explosion did not cause any victims.",
    "The blast caused no injuries.",
    "The drone hit a field; no one was injured.",
    "Not a shot was fired as troops entered.",
    "The guards escaped unhurt.",
    "Three people were injured in the blast.",
    "The blast wounded 14 people, four of them seriously.",
    "Police fired tear gas, injuring six protesters.",
    "There were no fatalities, police said.",
    "None of the passengers was hurt.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_died_or_only_injured_is_all_zero(text: str) -> None:
    assert fatalities(text) == (0, 0, 0)


NOT_COUNTED = [
    ("Gunmen killed two people. In 2012 rebels killed 300 people there.", 2),
    ("Gunmen killed two people. More than 40,000 people have died since 2009.", 2),
    (
        "Gunmen killed two people. Last year 50 people were killed in a similar attack.",
        2,
    ),
    ("Gunmen killed two people and threatened to kill 20 more.", 2),
    ("Gunmen killed two people and abducted 43.", 2),
    ("Gunmen killed two people; 300 residents fled.", 2),
    ("Troops killed two rebels and seized 200 rounds and 14 rifles.", 2),
    ("Troops killed two rebels and arrested 14 others.", 2),
    ("Two people were killed and $3,000 was stolen.", 2),
    ("Two people were killed, 11 are missing.", 2),
]


@pytest.mark.parametrize(
    ("text", "best"), NOT_COUNTED, ids=[r[0][:60] for r in NOT_COUNTED]
)
def test_other_figures_never_count_as_deaths(text: str, best: int) -> None:
    assert fatalities(text)[1] == best


RIVALS = [
    # rivals of one rank: no best
    (("Rebels said they had killed 20 soldiers. Another rebel group said it had killed 35"
     " soldiers."), 20, 35),
    ("A resident said 15 people were killed. Another resident said 26 people were killed.",
     15, 26),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), RIVALS)
def test_rival_tolls_of_one_rank_leave_best_open(
    text: str, low: int, high: int
) -> None:
    assert fatalities(text) == (low, N, high)


def test_official_firm_toll_beats_the_attackers_word() -> None:
    text = (
        "At least 12 soldiers were killed, a local official said."
        " The rebels said they had killed 21 soldiers."
    )
    assert fatalities(text) == (12, 12, 21)


def test_attackers_round_figure_moves_the_range_and_not_the_best() -> None:
    text = "Fourteen soldiers were killed. The rebels said they had killed 20."
    assert fatalities(text) == (14, 14, 20)


def test_conservative_rule_takes_the_lowest_claim() -> None:
    text = (
        "The hospital said 12 people were killed. The police said 9 people were killed."
    )
    found = tolls(text)
    assert derive_fatalities(found, "conservative_rule").best == 9
    assert derive_fatalities(found, "range_rule").high == 12


def test_rules_are_named() -> None:
    assert sorted(RULES) == ["conservative_rule", "range_rule"]


KINDS = [
    ("Three soldiers were wounded.", "wounded", 3),
    ("Dozens injured in blast", "wounded", 24),
    ("Gunmen abducted 43 villagers.", "captured", 43),
    ("Eleven soldiers are missing.", "missing", 11),
    ("Police arrested 14 protesters.", "captured", 14),
    ("Nine were taken prisoner.", "captured", 9),
    ("Ten people were killed and 30 others wounded.", "wounded", 30),
    ("The rebels captured six soldiers.", "captured", 6),
]


@pytest.mark.parametrize(("text", "kind", "low"), KINDS, ids=[k[0] for k in KINDS])
def test_other_fates_keep_their_own_kind(text: str, kind: str, low: int) -> None:
    assert [t.low for t in tolls(text) if t.kind == kind] == [low]


CLASSES = [
    ("At least 12 soldiers were killed.", "state"),
    ("Nine villagers were killed.", "civilians"),
    ("Nine rebels were killed.", "armed"),
    ("Nine people were killed.", "people"),
    ("A policeman was killed.", "state"),
]


@pytest.mark.parametrize(("text", "victims"), CLASSES, ids=[c[0] for c in CLASSES])
def test_victims_keep_their_class(text: str, victims: str) -> None:
    assert [t.victims for t in tolls(text)] == [victims]


def test_figure_carries_its_claimant() -> None:
    text = "The general staff said seven soldiers were killed."
    (toll,) = tolls(text)
    assert toll.claimant == "The general staff"
    assert toll.claimant_kind == "state"


def test_claims_are_kept_with_their_words() -> None:
    found = derive_fatalities(
        tolls("At least 12 soldiers were killed, a hospital said.")
    )
    (claim,) = found.claims
    assert claim.count_text == "At least 12 soldiers"
    assert (claim.low, claim.high) == (12, None)
    assert claim.of == "soldiers"
    assert claim.claimant == "a hospital"


def test_no_tolls_at_all_is_silence() -> None:
    assert derive_fatalities(()) == Fatalities()


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_are_verbatim(text: str) -> None:
    for toll in tolls(text):
        assert text[toll.start : toll.end] == toll.count_text
        assert 0 <= toll.start <= toll.end <= len(text)


_SOUP = st.sampled_from(
    [
        "killed",
        "wounded",
        "were",
        "was",
        "12",
        "at",
        "least",
        "up",
        "to",
        "between",
        "and",
        "a",
        "soldier",
        "soldiers",
        "dead",
        "bodies",
        "of",
        "the",
        "death",
        "toll",
        "rose",
        "including",
        "them",
        ",",
        ".",
        "dozens",
        "including",
        "one",
        "another",
        "his",
        "driver",
        "no",
        "lives",
        "99999999999",
        "1,2",
        "twenty",
        "-",
        "five",
        "hundred",
        "lost",
    ]
)


@given(st.lists(_SOUP, max_size=40))
def test_derived_bounds_are_ordered_for_any_words(words: list[str]) -> None:
    for rule in RULES:
        found = derive_fatalities(tolls(" ".join(words)), rule)
        assert found.low >= 0
        if found.best is not None:
            assert found.low <= found.best
            assert found.high is None or found.best <= found.high


ASKED = [
    ("The statement did not say how many people had died.", (0, N, N)),
    ("It is unclear how many soldiers were killed.", (0, N, N)),
    ("How many people died? At least nine, a monk said.", (9, 9, N)),
    ("Nine people were killed. How many were hurt? Twenty.", (9, 9, 9)),
]


@pytest.mark.parametrize(("text", "told"), ASKED, ids=[r[0][:60] for r in ASKED])
def test_a_question_counts_nobody_but_its_answer_does(
    text: str, told: tuple[int, int | None, int | None]
) -> None:
    assert fatalities(text) == told


def test_a_boast_on_the_enemy_beside_other_dead_settles_nothing() -> None:
    boast = "The army said its drones killed around 30 jihadists."
    assert fatalities(boast)[1] == 30
    assert fatalities(f"{boast} Herders maintain that five of their own died.")[1] is N
    assert fatalities(f"{boast} Five soldiers also died.")[1] == 35


NOT_COUNTED = [
    ("Survivors accuse volunteers of a killing spree.", (0, N, N)),
    (
        'Drones struck "a terrorist base" and killed "around 30" fighters.',
        (30, 30, 30),
    ),
    ("It put its losses at five dead and those of the attackers at 12.", (17, 17, 17)),
]


@pytest.mark.parametrize(("text", "told"), NOT_COUNTED)
def test_figures_in_quotes_at_bases_and_of_the_other_side(
    text: str, told: tuple[int, int | None, int | None]
) -> None:
    assert fatalities(text) == told


def test_what_a_group_claims_to_have_done_is_its_word() -> None:
    text = (
        "Fourteen guards were killed, a police source told the paper; the group released a "
        "list of rifles and claimed to have killed 20."
    )
    fourteen, twenty = (t for t in tolls(text) if t.kind == "killed")
    assert twenty.claimant != fourteen.claimant
    assert "group" in (twenty.claimant or "")
