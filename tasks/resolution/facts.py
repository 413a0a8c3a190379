"""What the comparison of two mentions looks at, taken out of each mention once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from tasks.model.coding import Actor, ActorKind, EventMention, Fatalities
from tasks.resolution.contexts import MentionContext
from tasks.resolution.entities import rare_names
from tasks.text.fold import fold

MIN_QUOTE_WORDS = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event: keys of its actors, the umbrellas they act under, kinds."""

    keys: frozenset[str]
    umbrellas: frozenset[str]
    kinds: frozenset[ActorKind]


@dataclass(frozen=True, slots=True)
class Facts:
    """One mention, ready to be compared many times."""

    context: MentionContext
    day: int  # ordinal; of the report where the event has none
    last_day: int
    exact: date | None  # the day, when the mention names exactly one
    place_name: str  # folded
    admin1: str  # folded
    sides: tuple[Side, Side]
    deaths: tuple[int, int] | None  # lowest and highest; None: a silent text
    names: frozenset[str]
    quotes: frozenset[str]

    @property
    def mention(self) -> EventMention:
        """Return the mention itself."""
        return self.context.mention


def facts_of(context: MentionContext) -> Facts:
    """Take a mention apart."""
    mention, dates = context.mention, context.mention.event_date
    return Facts(
        context=context,
        day=context.day.toordinal(),
        last_day=context.last_day.toordinal(),
        exact=dates.start if dates.start == dates.end else None,
        place_name=fold(mention.location.name).strip(),
        admin1=fold(mention.location.admin1 or ""),
        sides=(_side(mention.side1), _side(mention.side2)),
        deaths=_deaths(mention.fatalities),
        names=rare_names(context),
        quotes=_quotes(mention),
    )


def _side(actors: tuple[Actor, ...]) -> Side:
    return Side(
        frozenset(map(actor_key, actors)),
        frozenset(map(umbrella_of, actors)),
        frozenset(a.kind for a in actors),
    )


def _deaths(toll: Fatalities) -> tuple[int, int] | None:
    if toll.text is None:
        return None
    high = toll.high if toll.high is not None else max(toll.low, toll.best or 0)
    return (toll.low, high)


def _quotes(mention: EventMention) -> frozenset[str]:
    folded = (fold(e.quote) for e in mention.evidence)
    return frozenset(q for q in folded if len(q.split()) >= MIN_QUOTE_WORDS)


def actor_key(actor: Actor) -> str:
    """Return what makes two actors the same: the id, else the folded name."""
    return actor.actor_id or fold(actor.name).strip()


def umbrella_of(actor: Actor) -> str:
    """Return the umbrella an actor acts under; its own name where there is none."""
    return _umbrella(actor.name)


@lru_cache(maxsize=20_000)
def _umbrella(actor_name: str) -> str:
    name = fold(actor_name).strip()
    known = umbrellas()
    short = name.split("(")[-1].rstrip(")").strip()
    return (
        known.get(name)
        or known.get(short)
        or known.get(name.split("(")[0].strip(), name)
    )


@lru_cache(maxsize=1)
def umbrellas() -> dict[str, str]:
    """Return the umbrella name by folded member name."""
    return dict(read_rows("umbrellas"))


def read_rows(name: str) -> list[tuple[str, str]]:
    """Return the rows of data/<name>.tsv below its version and header lines."""
    raw = resources.files("tasks.resolution") / "data" / f"{name}.tsv"
    lines = raw.read_text("utf-8").splitlines()[2:]
    return [(first, second) for first, second in (line.split("\t") for line in lines)]
