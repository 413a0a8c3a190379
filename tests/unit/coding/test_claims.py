"""Claims and speakers: who says what, written before any gold item was looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.coding.claims.claims import find_attributions, find_claims, speaker_kind
from tasks.coding.coder import Coder
from tasks.model.coding import Claim
from tasks.text.segment import segment
from tests.unit.coding.coding_texts import document


def claims(text: str) -> tuple[Claim, ...]:
    return find_claims(text, segment(text, 0))


SPEAKERS = [
    ("Police said nine people died.", "Police"),
    ("Nine people died, police said.", "police"),
    ("Nine people died, police said on Friday.", "police"),
    ("Nine people died, a local official said.", "a local official"),
    ("According to the army, nine people died.", "the army"),
    ("Nine people died, according to residents.", "residents"),
    ('"They burned everything," said Captain Ali.', "Captain Ali"),
    ("The army announced that it had retaken the town.", "The army"),
    ("The rebels denied the attack.", "The rebels"),
    ("POLICE SAID NINE PEOPLE DIED.", "POLICE"),
    ("A hospital source confirmed nine deaths.", "A hospital source"),
    (
        "The governor, General Ali Djidda, told state radio that 11 people were killed.",
        "The governor, General Ali Djidda",
    ),
    ("A hospital source in Pala spoke of 13 bodies.", "A hospital source in Pala"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS, ids=[s[0] for s in SPEAKERS])
def test_speaker_is_found(text: str, speaker: str) -> None:
    found = find_attributions(text, segment(text, 0))
    assert speaker in [a.speaker for a in found]


KINDS = [
    ("the army", "state"),
    ("army spokesman Col. Diarra", "state"),
    ("the interior ministry", "state"),
    ("residents", "witness"),
    ("two witnesses", "witness"),
    ("a hospital source", "medical"),
    ("the rebels", "rebel"),
    ("the town's mayor", "local_official"),
    ("a human rights committee", "ngo"),
    ("a conflict monitor", "monitor"),
    ("the international crisis group", "monitor"),
    ("a rights group", "ngo"),
    ("the group", "rebel"),
    ("the newspaper", "media"),
    ("Ali", None),
]


@pytest.mark.parametrize(("speaker", "kind"), KINDS)
def test_speaker_has_a_kind(speaker: str, kind: str | None) -> None:
    assert speaker_kind(speaker.lower()) == kind


VERBS = [
    ("The rebels claimed responsibility for the attack.", "claimed"),
    ("The rebels have claimed the attack in a statement.", "claimed"),
    ("The rebels denied responsibility for the attack.", "denied"),
    ("The rebels denied any involvement in the bombing.", "denied"),
]


@pytest.mark.parametrize(("text", "verb_class"), VERBS, ids=[v[0] for v in VERBS])
def test_responsibility_is_claimed_or_denied(text: str, verb_class: str) -> None:
    (claim,) = [c for c in claims(text) if c.subject == "responsibility"]
    assert claim.claimant == "The rebels"
    assert claim.verb_class == verb_class
    assert claim.claimant_kind == "rebel"


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the attack.",
        "Nobody claimed responsibility for the bombing.",
        "No one immediately claimed responsibility.",
    ],
)
def test_nobody_claiming_is_no_claim(text: str) -> None:
    assert [c for c in claims(text) if c.subject == "responsibility"] == []


def test_blame_names_whom() -> None:
    text = "The army accused the rebels of the massacre."
    (claim,) = [c for c in claims(text) if c.subject == "responsibility"]
    assert claim.claimant == "The army"
    assert claim.claimant_kind == "state"
    assert claim.value is not None
    assert "rebels" in claim.value


def test_toll_claim_carries_words_and_claimant() -> None:
    text = "The rebels said they had killed 21 soldiers."
    (claim,) = [c for c in claims(text) if c.subject == "toll"]
    assert (claim.claimant, claim.value) == ("The rebels", "21 soldiers")
    assert claim.claimant_kind == "rebel"


def test_control_and_losses_are_subjects_of_their_own() -> None:
    text = "The army said it had retaken the town and destroyed four vehicles."
    assert {"control", "losses"} <= {c.subject for c in claims(text)}


def test_unverified_reports_are_marked() -> None:
    text = "The claim could not be independently verified."
    found = find_attributions(text, segment(text, 0))
    assert "not_verified" in [a.verb_class for a in found]


@given(st.text(max_size=300))
def test_any_text_is_read_and_quotes_are_verbatim(text: str) -> None:
    sentences = segment(text, 0)
    for claim in find_claims(text, sentences):
        assert text[claim.start : claim.end] == claim.quote
    for said in find_attributions(text, sentences):
        assert said.speaker in {None, text[said.speaker_start : said.speaker_end]}
        assert said.scope_start <= said.scope_end


_SOUP = st.sampled_from(
    [
        "police",
        "said",
        "that",
        ",",
        ".",
        '"',
        "according",
        "to",
        "the",
        "army",
        "denied",
        "claimed",
        "responsibility",
        "for",
        "rebels",
        "told",
        "reporters",
        "killed",
        "nine",
        "people",
        "destroyed",
        "tanks",
        "control",
        "of",
        "accused",
        "residents",
    ]
)


@given(st.lists(_SOUP, max_size=30))
def test_claim_soup_never_raises(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote


def test_a_group_that_says_our_units_claims_the_act(coder: Coder) -> None:
    text = (
        "A coalition of former rebels said that its fighters had seized army posts in "
        'Bankass on Thursday.\n\n"Our units entered the posts at noon," said the communique '
        "of the Coordination of Movements of Azawad."
    )
    event = coder.code(document(text)).mentions[0]
    assert event.side1[0].name == "Coordination of Movements of Azawad"
    assert event.responsibility_status == "claimed"


def test_a_state_force_that_says_our_men_claims_nothing(coder: Coder) -> None:
    text = (
        "Gunmen attacked Bankass on Thursday, killing nine farmers.\n\n"
        '"Our men chased and killed two of them," said the Malian army.'
    )
    assert coder.code(document(text)).mentions[0].responsibility_status is None


@pytest.mark.parametrize(
    "sentence",
    [
        "A rights group said the attackers were members of JNIM.",
        "Police linked the killings to JNIM.",
    ],
)
def test_perpetrators_named_by_others_are_attributed(
    coder: Coder, sentence: str
) -> None:
    text = f"Gunmen attacked Bankass on Thursday, killing nine farmers. {sentence}"
    event = coder.code(document(text)).mentions[0]
    assert "JNIM" in event.side1[0].name
    assert event.responsibility_status == "attributed"


def test_gunmen_dressed_as_police_are_no_police(coder: Coder) -> None:
    text = "Gunmen dressed as police shot dead nine farmers in Bankass on Thursday."
    event = coder.code(document(text)).mentions[0]
    assert [a.kind.value for a in event.side1] == ["unidentified"]


def test_farmers_who_march_on_herders_are_a_militia_on_their_side(coder: Coder) -> None:
    text = (
        "Deadly clash between herders and farmers\n\nFarmers attacked a camp of herders near "
        "Bankass on Thursday. The fighting between the two sides went on until dark."
    )
    event = coder.code(document(text)).mentions[0]
    assert event.sub_event_type == "Armed clash"
    sides = {a.kind.value for a in (*event.side1, *event.side2)}
    assert sides == {"identity_militia"}


def test_a_speaker_no_word_describes_is_of_unknown_kind() -> None:
    text = "Organisers of the sit-in said a second man had died. Police said nine were hurt."
    kinds = {c.claimant: c.claimant_kind for c in find_claims(text, segment(text, 0))}
    assert kinds["Organisers of the sit-in"] == "unknown"
