"""What a match becomes once the event's country, or its role, is known."""

from dataclasses import replace
from functools import lru_cache

from tasks.model.coding import ActorKind
from tasks.model.quick import changed
from tasks.reference.actor_book.model import ActorMatch
from tasks.reference.actor_book.tables import load_countries, load_forces, load_places

# Crowd and communal kinds a coder may give to a noun that says less: students who
# march are protesters, farmers who fight herders are a communal militia.
_RECAST = {
    ActorKind.CIVILIANS: "Civilians ({country})",
    ActorKind.PROTESTERS: "Protesters ({country})",
    ActorKind.RIOTERS: "Rioters ({country})",
    ActorKind.UNIDENTIFIED: "Unidentified {unidentified_form} ({country})",
}


@lru_cache(maxsize=4096)
def fill(template: str, iso3: str) -> str:
    """Return the canonical name of a template for a country; unknown ISO3 raises."""
    country = load_places()[iso3]
    return template.format(
        country=country.name,
        of_country=country.of_name,
        unidentified_form=country.unidentified_form,
    )


def state_actor_id(iso3: str, force: str) -> str:
    """Return the id of a generated state force, e.g. 'state-mli-military'."""
    return f"state-{iso3.lower()}-{force.replace('_', '-')}"


def resolve_country(match: ActorMatch, country_iso3: str) -> ActorMatch:
    """Return the match with its missing country filled in; others come back as is.

    'soldiers' and MLI become 'Military Forces of Mali'; a nationality the text
    gave ('two Indian engineers' in Niger) is never overwritten.
    """
    if match.template is None:
        return match
    country = match.country or country_iso3
    name = fill(match.template, country)
    actor_id = _state_id(match, country)
    return changed(
        match,
        name=name,
        country=country,
        template=None,
        actor_id=actor_id,
        listed=actor_id is not None,
    )


def _state_id(match: ActorMatch, country: str) -> str | None:
    if match.kind is not ActorKind.STATE_FORCES or match.force not in load_forces():
        return None
    if country not in load_countries():
        return None  # a territory: its forces are not in the list
    return state_actor_id(country, match.force)


def place_in(match: ActorMatch, event_country: str) -> ActorMatch:
    """Return the match as a side of an event in that country.

    Fills a missing country; a state force abroad becomes external_forces under its
    own name (the Rwandan army in DR Congo: 'Military Forces of Rwanda').
    """
    placed = resolve_country(match, event_country)
    if is_external(placed, event_country):
        return replace(placed, kind=ActorKind.EXTERNAL_FORCES)
    return placed


def of_force(match: ActorMatch, force: str, iso3: str) -> ActorMatch:
    """Return a generic state match as another force of a country: its police."""
    template = load_forces()[force].template
    bare = replace(match, force=force, template=template, country=iso3)
    return replace(resolve_country(bare, iso3), kind=match.kind)


def is_external(match: ActorMatch, event_country: str) -> bool:
    """Return whether the actor is a state or mission force outside its own country."""
    if match.kind is ActorKind.EXTERNAL_FORCES:
        return match.country != event_country
    abroad = match.country is not None and match.country != event_country
    return match.kind is ActorKind.STATE_FORCES and abroad


def recast(match: ActorMatch, kind: ActorKind, country_iso3: str) -> ActorMatch:
    """Return a generic match in the role the event gives it, named for the country.

    Raises ValueError for a kind that no noun can take (a rebel group needs a name).
    """
    country = match.country or country_iso3
    if kind is ActorKind.IDENTITY_MILITIA:
        template = communal_template(match.noun or "armed men")
    elif kind in _RECAST:
        template = _RECAST[kind]
    else:
        raise ValueError(f"a noun cannot be recast as {kind.value}")
    return replace(
        match,
        kind=kind,
        name=fill(template, country),
        country=country,
        template=None,
        actor_id=None,
        listed=False,
        force=None,
    )


def as_militia(match: ActorMatch) -> ActorMatch:
    """Return the members of a people who bear arms as its militia; others come back as is."""
    if match.kind is not ActorKind.CIVILIANS or _UNARMED not in match.name:
        return match
    return _renamed(match, _UNARMED, _MILITIA, ActorKind.IDENTITY_MILITIA)


def as_civilians(match: ActorMatch) -> ActorMatch:
    """Return a people's militia as its civilians: 'a hamlet of the Kaekin tribe'."""
    if match.kind is not ActorKind.IDENTITY_MILITIA or _MILITIA not in match.name:
        return match
    return _renamed(match, _MILITIA, _UNARMED, ActorKind.CIVILIANS)


def _renamed(match: ActorMatch, old: str, new: str, kind: ActorKind) -> ActorMatch:
    template = match.template.replace(old, new) if match.template else None
    name = match.name.replace(old, new)
    return replace(match, name=name, template=template, kind=kind)


_UNARMED, _MILITIA = " civilians", " ethnic militia"


def communal_template(noun: str) -> str:
    """Return the template of a communal militia named after what its members are."""
    if noun in {"herders", "farmers", "hunters", "shepherds", "fishermen", "miners"}:
        owners = noun.capitalize()
        possessive = f"{owners}'" if owners.endswith("s") else f"{owners}'s"
        return f"{possessive} communal militia ({{country}})"
    return "Communal militia ({country})"
