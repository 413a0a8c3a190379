"""Actors and aliases in use as rows; places come with the mentions that name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from tasks.loading.coding_rows import INTER_CODES
from tasks.loading.frames import build_frame
from tasks.model.coding import ActorKind
from warehouse.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the reference list, as published to analysts."""

    actor_id: str
    name: str
    kind: ActorKind
    country: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """One way an actor is written, with the period and condition under which it counts."""

    actor_id: str
    alias: str
    language: str | None = None
    condition: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def load_actors(
    tx: Transaction, actors: Iterable[ActorEntry], aliases: Iterable[AliasEntry]
) -> None:
    """Record the actors and aliases in use; entries dropped from the list stay known."""
    tx.merge("core.actor", actor_rows(actors))
    tx.merge("core.actor_alias", alias_rows(aliases))


def actor_rows(actors: Iterable[ActorEntry]) -> pl.DataFrame:
    """Return rows of core.actor."""
    rows = (
        {
            "actor_id": a.actor_id,
            "name": a.name,
            "kind": a.kind.value,
            "inter": INTER_CODES[a.kind],
            "country_iso3": a.country,
            "valid_from": a.valid_from,
            "valid_to": a.valid_to,
            "notes": a.notes,
        }
        for a in actors
    )
    return build_frame("core.actor", rows)


def alias_rows(aliases: Iterable[AliasEntry]) -> pl.DataFrame:
    """Return rows of core.actor_alias."""
    rows = (
        {
            "actor_id": a.actor_id,
            "alias": a.alias,
            "language": a.language,
            "condition": a.condition,
            "valid_from": a.valid_from,
            "valid_to": a.valid_to,
        }
        for a in aliases
    )
    return build_frame("core.actor_alias", rows)
