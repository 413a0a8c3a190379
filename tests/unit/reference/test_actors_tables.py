"""The actor tables: schema, uniqueness, honest conditions, links that lead somewhere."""

from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.model.coding import ActorKind
from tasks.reference.actor_book import tables
from tasks.reference.actor_book.model import Alias
from tasks.reference.actors import iter_actor_aliases, iter_actors, load_actors
from tasks.text.fold import fold

LISTED = tables.load_listed()
ALIASES = tables.load_aliases()
STATE_ALIASES = tables.load_aliases("state_aliases.tsv")
COUNTRIES = tables.load_countries()
ACTORS = {actor.actor_id: actor for actor in iter_actors()}


def test_list_is_as_large_as_promised() -> None:
    recent = [a for a in LISTED if a.active_to is None or a.active_to >= 2015]
    assert len(recent) >= 600
    assert len(ALIASES) >= 3 * len(LISTED)
    assert len(COUNTRIES) >= 195


def test_ids_and_names_are_unique() -> None:
    every = list(iter_actors())
    assert not [i for i, n in Counter(a.actor_id for a in every).items() if n > 1]
    assert not [n for n, c in Counter(a.name for a in LISTED).items() if c > 1]


def test_every_country_is_known() -> None:
    unknown = {
        (actor.actor_id, iso3)
        for actor in LISTED
        for iso3 in actor.countries
        if iso3 not in COUNTRIES
    }
    assert not unknown
    assert all(actor.countries for actor in LISTED)


def test_every_link_leads_to_an_actor() -> None:
    dangling = [
        (actor.actor_id, link)
        for actor in LISTED
        for link in (*actor.parents, *actor.successors, *actor.coalitions)
        if link not in ACTORS or link == actor.actor_id
    ]
    assert not dangling


def test_every_actor_has_a_note_and_possible_years() -> None:
    for actor in LISTED:
        assert actor.source_note, actor.actor_id
        start, end = actor.active_from or 1800, actor.active_to or 2026
        assert 1800 <= start <= end <= 2026, actor.actor_id
        assert end >= 1988, f"{actor.actor_id} ended before the period of the list"


def test_country_years_lie_within_the_actor_years() -> None:
    for actor in LISTED:
        assert [year.iso3 for year in actor.country_years] == list(actor.countries)
        for year in actor.country_years:
            first, last = year.first or 2026, year.last or 0
            assert (actor.active_from or 0) <= first, actor.actor_id
            assert last <= (actor.active_to or 2026), actor.actor_id
    jnim = {year.iso3: year.first for year in ACTORS["jnim"].country_years}
    assert jnim["BEN"] == 2021


def test_outside_ids_are_unique_and_well_formed() -> None:
    ucdp = Counter(actor.ucdp_id for actor in LISTED if actor.ucdp_id is not None)
    assert max(ucdp.values()) == 1
    wikidata = [actor.wikidata_id for actor in LISTED if actor.wikidata_id]
    assert len(set(wikidata)) == len(wikidata) > 0
    assert all(item[0] == "Q" and item[1:].isdigit() for item in wikidata)


def test_every_alias_belongs_to_an_actor_and_every_actor_has_one() -> None:
    named = {alias.actor_id for alias in ALIASES}
    assert named == {actor.actor_id for actor in LISTED}
    assert {alias.actor_id for alias in STATE_ALIASES} <= ACTORS.keys()


def test_alias_is_given_once_per_actor() -> None:
    keys = Counter(
        (alias.actor_id, fold(alias.alias)) for alias in (*ALIASES, *STATE_ALIASES)
    )
    assert not [key for key, count in keys.items() if count > 1]


def test_two_actors_share_a_name_only_under_a_condition_or_at_different_times() -> None:
    by_form: dict[str, list[Alias]] = defaultdict(list)
    for alias in (*ALIASES, *STATE_ALIASES):
        by_form[fold(alias.alias)].append(alias)
    clashes = [
        (first.actor_id, second.actor_id, form)
        for form, group in by_form.items()
        for first, second in combinations(group, 2)
        if first.condition == second.condition == "" and _overlap(first, second)
    ]
    assert not clashes


def _overlap(first: Alias, second: Alias) -> bool:
    def ends_before(one: Alias, other: Alias) -> bool:
        return (
            one.valid_to is not None
            and other.valid_from is not None
            and one.valid_to < other.valid_from
        )

    return not ends_before(first, second) and not ends_before(second, first)


def test_short_acronyms_need_a_condition() -> None:
    """IS, AA, 3R, CMA mean too much to stand alone; a few are nobody else's."""
    alone = {"IDF", "M23", "ELN", "PCC", "KKK", "ONH"}
    bare = [
        alias.alias
        for alias in (*ALIASES, *STATE_ALIASES)
        if len(alias.alias) <= 3
        and alias.alias.upper() == alias.alias
        and alias.condition == ""
        and alias.alias not in alone
    ]
    assert not bare


@pytest.mark.parametrize("iso3", sorted(COUNTRIES))
def test_every_country_has_every_force(iso3: str) -> None:
    forces = {
        actor_id.split("-", 2)[2]
        for actor_id in ACTORS
        if actor_id.startswith(f"state-{iso3.lower()}-")
    }
    assert {
        "military",
        "army",
        "navy",
        "air-force",
        "police",
        "gendarmerie",
        "intelligence",
        "border-guard",
        "presidential-guard",
        "prison-service",
    } <= forces


@pytest.mark.parametrize(
    ("successor", "ancestor"),
    [
        pytest.param("csp-psd", "cma", id="CSP-PSD from CMA"),
        pytest.param("rsf", "janjaweed", id="RSF from Janjaweed"),
        pytest.param("iswap", "boko-haram", id="ISWAP from Boko Haram"),
        pytest.param("africa-corps", "wagner", id="Africa Corps from Wagner"),
        pytest.param("hts", "jabhat-al-nusra", id="HTS from Nusra"),
        pytest.param("emc", "farc-dissidents", id="EMC from FARC dissidents"),
    ],
)
def test_lineage_is_linked(successor: str, ancestor: str) -> None:
    assert ancestor in ACTORS[successor].parents


def test_every_actor_has_three_names_or_more() -> None:
    names = Counter(alias.actor_id for alias in ALIASES)
    assert not [a.actor_id for a in LISTED if names[a.actor_id] < 3]


def test_nobody_descends_from_an_actor_that_began_later() -> None:
    astray = [
        (actor.actor_id, parent)
        for actor in LISTED
        for parent in actor.parents
        if parent in ACTORS
        and actor.active_from is not None
        and (ACTORS[parent].active_from or 0) > actor.active_from
    ]
    assert astray == []


def test_no_actor_is_its_own_ancestor() -> None:
    def ancestors(actor_id: str, seen: frozenset[str]) -> bool:
        return actor_id in seen or any(
            ancestors(parent, seen | {actor_id})
            for parent in ACTORS[actor_id].parents
            if parent in ACTORS
        )

    assert not [a.actor_id for a in LISTED if ancestors(a.actor_id, frozenset())]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Le Groupe de soutien à l'islam et aux musulmans a revendiqué", "jnim"),
        ("l'État islamique au Grand Sahara a attaqué", "is-sahel"),
        ("le Front de libération de l'Azawad affirme", "fla"),
        ("le Cadre stratégique permanent a annoncé", "csp-psd"),
        ("des Volontaires pour la défense de la patrie ont péri", "vdp"),
        ("le Mouvement du 23 mars a pris la ville", "m23"),
        ("l'Alliance Fleuve Congo dément", "afc"),
        ("les Forces démocratiques alliées ont tué", "adf"),
        ("la Coalition des patriotes pour le changement a tué", "cpc"),
        ("la Force multinationale mixte a neutralisé", "mnjtf"),
        ("les Forces de soutien rapide ont bombardé", "rsf"),
        ("la Mission multinationale d'appui à la sécurité patrouille", "mss-haiti"),
        ("la Force intérimaire des Nations unies au Liban a dit", "unifil"),
        ("le Mouvement Amal a riposté", "amal"),
        ("la Katiba Okba Ibn Nafaa a tué", "okba-ibn-nafaa"),
        ("des mercenaires de Wagner ont exécuté", "wagner"),
        ("le groupe État islamique a revendiqué", "islamic-state"),
        ("le Parti des travailleurs du Kurdistan a annoncé", "pkk"),
        ("des séparatistes ambazoniens ont enlevé", "ambazonia"),
        ("l'Armée nationale libyenne a frappé", "lna"),
    ],
)
def test_french_names_lead_to_their_actor(text: str, actor: str) -> None:
    found = load_actors().find(text)
    assert actor in {match.actor_id for match in found}


@pytest.mark.parametrize(
    ("member", "coalition"),
    [("mnla", "cma"), ("m23", "afc"), ("katiba-macina", "jnim"), ("cma", "csp-psd")],
)
def test_member_is_linked_to_its_coalition(member: str, coalition: str) -> None:
    assert coalition in ACTORS[member].coalitions


def test_nouns_state_what_the_name_generator_needs() -> None:
    forces = tables.load_forces()
    for noun in tables.load_nouns():
        if noun.kind is ActorKind.STATE_FORCES:
            assert noun.force in forces, noun.noun
    names = Counter(noun.noun for noun in tables.load_nouns())
    assert not [name for name, count in names.items() if count > 1]


def test_peoples_live_in_known_countries() -> None:
    for people in tables.load_ethnicities():
        assert set(people.countries) <= COUNTRIES.keys(), people.name


def test_warehouse_rows_cover_list_and_generated_forces() -> None:
    aliased = {alias.actor_id for alias in iter_actor_aliases()}
    assert aliased == ACTORS.keys()
    assert len(load_actors()) == len(ACTORS)


def test_unknown_kind_is_loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = (tables.DATA_DIR / "actors.tsv").read_text(encoding="utf-8").split("\n")[0]
    row = "x\tX\twarlord\tMLI" + "\t" * 8
    (tmp_path / "actors.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(tables, "DATA_DIR", tmp_path)
    with pytest.raises(ConfigError, match="warlord"):
        tables.load_listed()


def test_row_with_a_missing_column_is_loud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "actor_id\talias\tlanguage\tvalid_from\tvalid_to\tcondition\ncma\tCMA\ten\n"
    (tmp_path / "aliases.tsv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "DATA_DIR", tmp_path)
    with pytest.raises(ConfigError, match=r"aliases\.tsv:2"):
        tables.load_aliases()
