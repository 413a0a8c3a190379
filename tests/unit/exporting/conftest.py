"""A published file with events of several kinds, for the exports' tests."""

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.loading.load import load_articles, load_coded
from tasks.loading.load_events import load_resolution
from tasks.model.coding import Actor, ActorKind, EventMention, Fatalities, Location
from tests.unit.warehouse import make
from tests.unit.warehouse.fill import fill
from warehouse.connect import Warehouse
from warehouse.publish import ReleaseInfo, publish

ARMY = Actor(
    "Military Forces of Mali", "army", ActorKind.STATE_FORCES, "mli-army", "MLI", True
)
REBELS = Actor("Coordination of Movements of Azawad", "CMA", ActorKind.REBEL_GROUP)
PROTESTERS = Actor("Protesters (Mali)", "crowd", ActorKind.PROTESTERS, country="MLI")


def _load(
    warehouse: Warehouse, number: int, mention: EventMention, **event: object
) -> None:
    with warehouse.transaction(f"m{number}", "run") as tx:
        load_articles(tx, [make.article(number, outlet_country="MLI")], make.NOW)
        load_coded(tx, [make.coded(number, mention)], make.NOW)
        load_resolution(
            tx,
            events=[make.event(number, coded=mention, **event)],
            revisions=[make.created(number)],
            redirects=[],
            links=[make.link(number)],
            known_at=make.NOW,
        )


def _battle(number: int) -> EventMention:
    return replace(
        make.mention(number),
        event_type="Battles",
        sub_event_type="Armed clash",
        side1=(REBELS,),
        side2=(ARMY,),
        initiator_known=False,
        civilian_targeting=False,
        fatalities=Fatalities(3, None, 9, "several soldiers"),
    )


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    warehouse = make.new_warehouse(folder)
    fill(warehouse, 1)
    _load(warehouse, 5, _battle(5))
    _load(
        warehouse,
        6,
        replace(_battle(6), fatalities=Fatalities(5, 8, 35, "5 to 35")),
        is_disputed=True,
    )
    nowhere = Location(name="", mention="", country=None)
    protest = replace(
        make.mention(7),
        event_type="Protests",
        sub_event_type="Peaceful protest",
        disorder_type="Demonstrations",
        side1=(PROTESTERS,),
        side2=(),
        location=nowhere,
        civilian_targeting=False,
        fatalities=Fatalities(),
    )
    _load(warehouse, 7, protest)
    release = ReleaseInfo("r1", "run", make.NOW, "1", "test-1", "ref")
    return publish(warehouse.path, folder / "public", release, 2).path
