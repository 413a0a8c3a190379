"""Finding actors: a list of sentences, and the rules one by one."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.model.coding import ActorKind
from tasks.reference.actors import (
    ActorBook,
    ActorMatch,
    antecedents,
    coreference,
    is_external,
    load_actors,
    place_in,
    recast,
    resolve_country,
)
from tasks.text.fold import fold

BOOK = load_actors()
DAY = date(2025, 6, 1)


def _cases(name: str) -> list[dict[str, str]]:
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(name="book")
def _book() -> ActorBook:
    return BOOK


def _overlapping(
    text: str, mention: str, iso3: str, day: date = DAY
) -> list[ActorMatch]:
    start = text.index(mention)
    end = start + len(mention)
    return [
        place_in(match, iso3)
        for match in BOOK.find(text, countries=(iso3,), on=day)
        if match.start < end and start < match.end
    ]


@pytest.mark.parametrize(
    "case",
    _cases("test_actors_cases.tsv"),
    ids=lambda case: f"{case['country']}-{case['mention'][:30]}",
)
def test_mention_becomes_its_canonical_actor(case: dict[str, str]) -> None:
    found = _overlapping(case["text"], case["mention"], case["country"])
    assert (case["name"], case["kind"]) in [(m.name, m.kind.value) for m in found]


@pytest.mark.parametrize(
    "case",
    _cases("test_actors_historical.tsv"),
    ids=lambda case: f"{case['day'][:4]}-{case['country']}-{case['mention'][:30]}",
)
def test_group_of_another_decade_is_known_in_its_time(case: dict[str, str]) -> None:
    day = date.fromisoformat(case["day"])
    found = _overlapping(case["text"], case["mention"], case["country"], day)
    assert (case["name"], case["kind"]) in [(m.name, m.kind.value) for m in found]


def test_short_name_of_a_dissolved_group_is_nobody_today() -> None:
    text = "Fighters of the NLA entered the town."
    assert any(
        m.actor_id == "nla-mkd"
        for m in BOOK.find(text, countries=("MKD",), on=date(2001, 6, 1))
    )
    assert all(
        m.actor_id != "nla-mkd" for m in BOOK.find(text, countries=("MKD",), on=DAY)
    )


@pytest.mark.parametrize(
    "case", _cases("test_actors_ambiguous.tsv"), ids=lambda case: case["text"][:40]
)
def test_ambiguous_name_is_decided_by_its_surroundings(case: dict[str, str]) -> None:
    countries = tuple(filter(None, case["countries"].split("|")))
    found = BOOK.find(case["text"], countries=countries, on=DAY)
    names = {place_in(m, countries[0]).name if countries else m.name for m in found}
    assert set(filter(None, case["names"].split("|"))) <= names
    assert not set(case["not_names"].split("|")) & names


def _one(text: str, *countries: str, on: date | None = DAY) -> ActorMatch:
    matches = BOOK.find(text, countries=countries, on=on)
    assert len(matches) == 1, matches
    return matches[0]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param("What is certain is unclear.", ("SYR",), id="is the verb"),
        pytest.param("THIS IS ALL THERE IS TO SAY", ("SYR",), id="IS in capitals"),
        pytest.param("The platform was closed for repairs.", ("MLI",), id="platform"),
        pytest.param("It was reported by AFP.", ("PHL",), id="the agency AFP"),
        pytest.param("The AA battery factory reopened.", ("GBR",), id="AA elsewhere"),
        pytest.param("A pro-Hezbollah newspaper closed.", (), id="pro-X"),
        pytest.param("The Salvation Army collected food.", (), id="Salvation Army"),
        pytest.param("They live on the Eastern Front of the valley.", (), id="a front"),
    ],
)
def test_words_that_only_look_like_a_group_name_nobody(
    text: str, countries: tuple[str, ...]
) -> None:
    found = [m for m in BOOK.find(text, countries=countries) if not m.generic]
    assert found == []


@pytest.mark.parametrize(
    ("text", "iso3", "actor_id"),
    [
        ("The SDF shelled the town in Syria.", "SYR", "sdf"),
        ("PDF units ambushed a patrol in Myanmar.", "MMR", "pdf-mmr"),
        ("The AFC rebels entered the city in DR Congo.", "COD", "afc"),
        (
            "The UPC rebels left Bambari in the Central African Republic.",
            "CAF",
            "upc-car",
        ),
        ("The armed group known as Platform left Kidal, Mali.", "MLI", "platform"),
        ("IS militants attacked in Iraq.", "IRQ", "islamic-state"),
        ("The 3R burned trucks.", "CAF", "3r"),
    ],
)
def test_short_alias_holds_in_its_own_country(
    text: str, iso3: str, actor_id: str
) -> None:
    ids = [m.actor_id for m in BOOK.find(text, countries=(iso3,), on=DAY)]
    assert actor_id in ids


@pytest.mark.parametrize("alias", ["SDF", "PDF", "AFC", "UPC", "CMA", "AA", "3R", "IS"])
def test_short_alias_names_nobody_in_another_country(alias: str) -> None:
    text = f"The {alias} held a conference in Norway."
    assert [m for m in BOOK.find(text, countries=("NOR",)) if m.listed] == []


def test_short_alias_holds_anywhere_once_the_text_says_the_full_name() -> None:
    text = "The Syrian Democratic Forces withdrew. Later the SDF denied it."
    ids = [m.actor_id for m in BOOK.find(text, countries=("USA",))]
    assert ids == ["sdf", "sdf"]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2019, 5, 1), ActorKind.REBEL_GROUP),
        (date(2021, 8, 14), ActorKind.REBEL_GROUP),
        (date(2021, 8, 15), ActorKind.STATE_FORCES),
        (date(2025, 5, 1), ActorKind.STATE_FORCES),
    ],
)
def test_taliban_are_rebels_until_they_are_the_state(on: date, kind: ActorKind) -> None:
    match = _one("The Taliban attacked.", "AFG", on=on)
    assert match.kind is kind


def test_alshabaab_of_mozambique_is_not_the_somali_group() -> None:
    text = "Fighters of al-Shabaab raided Palma."
    assert _one(text, "MOZ").actor_id == "ism"
    assert _one(text, "SOM").actor_id == "al-shabaab"


@pytest.mark.parametrize(
    ("iso3", "actor_id"),
    [
        ("SYR", "islamic-state"),
        ("MOZ", "ism"),
        ("AFG", "iskp"),
        ("NGA", "iswap"),
        ("NER", "islamic-state"),
    ],
)
def test_islamic_state_means_its_branch_where_it_has_one(
    iso3: str, actor_id: str
) -> None:
    assert _one("Islamic State claimed the raid.", iso3).actor_id == actor_id


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Boko Haram insurgents fled.", "Boko Haram insurgents"),
        (
            "The fighters of the Rapid Support Forces fled.",
            "fighters of the Rapid Support Forces",
        ),
        (
            "The New People's Army (NPA) rebels fled.",
            "New People's Army (NPA) rebels",
        ),
        ("Gunmen from the Gran Grif gang fled.", "Gunmen from the Gran Grif gang"),
    ],
)
def test_name_and_its_noun_are_one_mention(text: str, span: str) -> None:
    match = _one(text)
    assert match.mention == span
    assert text[match.start : match.end] == span


def test_villagers_beside_a_group_stay_civilians() -> None:
    text = "Villagers from the Boko Haram stronghold fled."
    kinds = [match.kind for match in BOOK.find(text)]
    assert kinds[0] is ActorKind.CIVILIANS


def test_undetermined_force_is_resolved_by_the_event_country() -> None:
    match = _one("The soldiers fled.")
    assert (match.name, match.country, match.is_resolved) == (
        "Military Forces",
        None,
        False,
    )
    resolved = resolve_country(match, "MLI")
    assert resolved.name == "Military Forces of Mali"
    assert resolved.actor_id == "state-mli-military"
    assert resolved.listed
    assert resolve_country(resolved, "NER") == resolved


def test_territory_lends_its_name_but_has_no_listed_forces() -> None:
    resolved = resolve_country(_one("Police fled."), "GIB")
    assert (resolved.name, resolved.actor_id) == ("Police Forces of Gibraltar", None)
    assert not resolved.listed


def test_unknown_country_is_loud() -> None:
    with pytest.raises(KeyError, match="XYZ"):
        resolve_country(_one("Soldiers fled."), "XYZ")


def test_nationality_in_the_text_outweighs_the_event_country() -> None:
    match = _one("Two Indian engineers were abducted.", "NER")
    assert resolve_country(match, "NER").name == "Civilians (India)"


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Military Forces of the Philippines", "PHL"),
        ("Military Forces of DR Congo", "COD"),
        ("Military Forces of the Central African Republic", "CAF"),
        ("Military Forces of the United States", "USA"),
    ],
)
def test_canonical_name_reads_as_english(name: str, iso3: str) -> None:
    assert resolve_country(_one("The soldiers fled."), iso3).name == name


def test_state_force_abroad_is_external_under_its_own_name() -> None:
    match = _one("Rwandan soldiers advanced.", "COD")
    abroad, home = place_in(match, "COD"), place_in(match, "RWA")
    assert (abroad.kind, home.kind) == (
        ActorKind.EXTERNAL_FORCES,
        ActorKind.STATE_FORCES,
    )
    assert abroad.name == home.name == "Military Forces of Rwanda"
    assert is_external(match, "COD")
    assert not is_external(match, "RWA")


def test_recast_gives_a_noun_the_role_the_event_shows() -> None:
    students = _one("Students marched.", "IND")
    farmers = _one("Farmers fought.", "TCD")
    assert recast(students, ActorKind.PROTESTERS, "IND").name == "Protesters (India)"
    assert (
        recast(farmers, ActorKind.IDENTITY_MILITIA, "TCD").name
        == "Farmers' communal militia (Chad)"
    )
    with pytest.raises(ValueError, match="rebel_group"):
        recast(students, ActorKind.REBEL_GROUP, "IND")


def test_unseen_group_keeps_its_name_and_is_not_listed() -> None:
    match = _one("The Tamesna Liberation Front (TLF) claimed it.")
    assert match.name == "Tamesna Liberation Front (TLF)"
    assert (match.listed, match.actor_id) == (False, None)
    assert match.kind is ActorKind.REBEL_GROUP


def test_headline_in_title_case_invents_no_group() -> None:
    text = "Ten Dead As Rebel Coalition Attacks Northern Village Market Again"
    assert [m for m in BOOK.find(text) if not m.generic] == []


def test_definite_noun_means_the_group_last_named() -> None:
    text = (
        "An alliance, the Coordination of Movements of Azawad, claimed it. "
        "Soldiers fled. The alliance said the armed men held two camps."
    )
    matches = BOOK.find(text, countries=("MLI",))
    means = {text[a:b]: m.actor_id for (a, b), m in coreference(matches, text).items()}
    assert means == {"The alliance": "cma", "the armed men": "cma"}
    starts = antecedents(matches, text)
    assert starts[text.index("armed men")].actor_id == "cma"


@pytest.mark.parametrize(
    "case", _cases("test_actors_coreference.tsv"), ids=lambda case: case["text"][:40]
)
def test_later_words_mean_an_actor_named_before(case: dict[str, str]) -> None:
    text = case["text"]
    matches = BOOK.find(text, countries=case["countries"].split("|"))
    found = {
        text[a:b]: match.actor_id or match.name
        for (a, b), match in coreference(matches, text).items()
    }
    pairs = (pair.split("=") for pair in case["means"].split("|") if pair)
    assert found == dict(pairs)


def test_definite_noun_prefers_the_group_it_describes() -> None:
    text = (
        "The Gran Grif gang fought Bwa Kale. "
        "Residents said the gang burned houses in the town."
    )
    matches = BOOK.find(text, countries=("HTI",))
    (antecedent,) = coreference(matches, text).values()
    assert antecedent.actor_id == "gran-grif"


def test_definite_noun_before_any_name_means_nobody() -> None:
    text = "The armed men left. JNIM claimed the attack."
    assert coreference(BOOK.find(text), text) == {}


def test_short_form_in_brackets_is_remembered() -> None:
    text = (
        "The Tamesna Liberation Front (TLF) attacked. "
        "Two days later TLF said it would leave."
    )
    found = coreference(BOOK.find(text), text)
    means = {text[a:b]: match.name for (a, b), match in found.items()}
    assert means == {"TLF": "Tamesna Liberation Front (TLF)"}


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "(CMA)",
        "IS",
        "army",
        "Malian",
        "soldiers",
        "and",
        "Boko",
        "Haram",
        "fighters",
        "Front",
        "for",
        "Liberation",
        "police",
        "in",
        "Mali's",
        "killed",
        "12",
        "people",
        "gang",
        "Los",
        "a",
        "group",
        "calling",
        "itself",
        "X",
        "-linked.",
        "\n",
        "U.S.",
        "20th",
        "Infantry",
        "Battalion",
        "al-Shabaab",
        "é",
        "Ünïted",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_matches_are_ordered_spans_of_the_text(text: str) -> None:
    """Whatever the text: spans quote it, never overlap, and come in order."""
    matches = BOOK.find(text, countries=("MLI",))
    end = 0
    for match in matches:
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.mention
        end = match.end
    assert matches == BOOK.find(text, folded=fold(text), countries=("MLI",))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_coreference_never_leaves_the_text(text: str) -> None:
    matches = BOOK.find(text)
    for (start, end), antecedent in coreference(matches, text).items():
        assert 0 <= start < end <= len(text)
        assert antecedent.end <= start
