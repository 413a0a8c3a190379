"""Prefect boundary of reference data: built and recorded before anything is coded."""

from datetime import date

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.loading.reference_rows import ActorEntry, AliasEntry, load_actors
from tasks.loading.task import warehouse_of
from tasks.reference.actor_book.model import Alias, ListedActor
from tasks.reference.actors import iter_actor_aliases, iter_actors
from tasks.reference.build import data_version, ensure_gazetteer
from tasks.run import Run
from tasks.version import CODE_VERSION


@task(name="prepare reference data", cache_policy=NO_CACHE)
def prepare_reference(run: Run) -> None:
    """Build the gazetteer if its data changed, and record the actors in use."""
    logger = get_run_logger()
    ensure_gazetteer(run.settings.reference_dir, logger.info)
    key = f"actors:{data_version()}:{CODE_VERSION}:{_actor_fingerprint()}"
    with warehouse_of(run).transaction(key, run.run_id, stage="reference") as tx:
        if not tx.already_done:
            load_actors(
                tx, map(_entry, iter_actors()), map(_alias, iter_actor_aliases())
            )


def _actor_fingerprint() -> str:
    import hashlib

    digest = hashlib.sha256()
    for row in (*iter_actors(), *iter_actor_aliases()):
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def _entry(actor: ListedActor) -> ActorEntry:
    return ActorEntry(
        actor_id=actor.actor_id,
        name=actor.name,
        kind=actor.kind,
        country=actor.countries[0] if actor.countries else None,
        valid_from=date(actor.active_from, 1, 1) if actor.active_from else None,
        valid_to=date(actor.active_to, 12, 31) if actor.active_to else None,
        notes=actor.source_note or None,
    )


def _alias(alias: Alias) -> AliasEntry:
    return AliasEntry(
        actor_id=alias.actor_id,
        alias=alias.alias,
        language=alias.language,
        condition=alias.condition or None,
        valid_from=alias.valid_from,
        valid_to=alias.valid_to,
    )
