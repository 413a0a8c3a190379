"""State forces every country has, generated from countries and branches."""

from collections.abc import Iterator

from tasks.model.coding import ActorKind
from tasks.reference.actor_book.model import Alias, Country, Force, ListedActor
from tasks.reference.actor_book.resolve import fill, state_actor_id
from tasks.reference.actor_book.tables import load_countries, load_forces

_NOTE = "generated: every country has this branch in name, whether or not it exists"


def state_actors() -> Iterator[ListedActor]:
    """Yield every country's branches: 'state-mli-military', 'state-mli-police', …"""
    for country in load_countries().values():
        for force in load_forces().values():
            yield _state_actor(country, force)


def _state_actor(country: Country, force: Force) -> ListedActor:
    parent = (state_actor_id(country.iso3, force.parent),) if force.parent else ()
    return ListedActor(
        state_actor_id(country.iso3, force.force),
        fill(force.template, country.iso3),
        ActorKind.STATE_FORCES,
        (country.iso3,),
        None,
        None,
        parents=parent,
        source_note=_NOTE,
    )


def state_aliases() -> Iterator[Alias]:
    """Yield the generated names of state forces: 'Malian army', 'Mali police'."""
    for country in load_countries().values():
        owners = dict.fromkeys((*country.adjectives[:1], country.name))
        for force in load_forces().values():
            actor_id = state_actor_id(country.iso3, force.force)
            for noun in force.alias_nouns:
                for owner in owners:
                    yield Alias(actor_id, f"{owner} {noun}")
