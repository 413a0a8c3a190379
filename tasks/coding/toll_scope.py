"""Which figures belong to which event: the same sentence, else the nearest account."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.coding.reading import Reading
from tasks.coding.stories import Story
from tasks.coding.tolls import TollMention
from tasks.coding.status import RECENT


def tolls_of(
    reading: Reading,
    tolls: Sequence[TollMention],
    stories: Sequence[Story],
    story: Story,
) -> list[TollMention]:
    """Return the tolls told of one story, those of another time marked historical."""
    return [
        replace(t, is_historical=True) if _is_old(reading, t) else t
        for t in tolls
        if len(stories) == 1 or _owner(t, stories) is story
    ]


def _owner(toll: TollMention, stories: Sequence[Story]) -> Story:
    def distance(story: Story) -> tuple[int, int]:
        gaps = [
            (
                abs(r.view.sentence.index - toll.sentence),
                abs(r.roles.trigger.start - toll.start),
            )
            for r in story.reports
        ]
        return min(gaps)

    return min(stories, key=distance)


def _is_old(reading: Reading, toll: TollMention) -> bool:
    """A figure in a sentence whose only days are long past is another event's."""
    today = reading.context.today
    view = reading.view_at(toll.start)
    days = [m for m in view.dates if not m.is_speech and m.last is not None]
    if today is None or not days:
        return any(m.is_open for m in view.dates)
    return all(
        m.is_open or (m.last is not None and m.last < today - RECENT) for m in days
    )
