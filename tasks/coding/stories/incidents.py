"""Whether a sentence begins another incident: what speaks for it, weighed together."""

from tasks.coding.stories.newness import Marker
from tasks.coding.stories.openings import days_apart
from tasks.coding.stories.reports import Report
from tasks.coding.stories.story import SUPPORT, Story
from tasks.coding.stories.whereabouts import are_apart, vagueness

_ENOUGH = 3
_VAGUE = 3  # a region or country
_TOWN = 2  # a town, if only by the words beside it


def begins_another(story: Story, head: Report) -> bool:
    """Return whether the sentence of `head` parts from the story, by all it says."""
    if is_summary(story) and vagueness(head) <= _TOWN and head.is_placed_here:
        return True
    new = head.new
    if new.marker is Marker.FIRM:
        return True
    if not new.is_fresh:
        return False
    signs = new.marker + _is_another_day(story, head) + _is_another_place(story, head)
    return 1 + signs + _is_another_act(story, head) >= _ENOUGH


def is_summary(story: Story) -> bool:
    """Tell whether it sums up: 'Seven people were killed in separate incidents in the province'."""
    body = [r for r in story.reports if r.paragraph > 0]
    several = any(r.new.is_several for r in body)
    vague = all(vagueness(r) >= _VAGUE or not r.is_placed_here for r in body)
    return several and vague


def _is_another_day(story: Story, head: Report) -> bool:
    """Both days are told of an act: no burial, no death in hospital."""
    told = story.dated
    firm = told.is_dated_here and told.roles.trigger.is_verb and told.act not in SUPPORT
    return firm and head.is_dated_here and days_apart(story, head) >= 1


def _is_another_place(story: Story, head: Report) -> int:
    """Another town, counted double where it opens the sentence."""
    told, mine = story.placed.place, head.place
    if told is None or mine is None or not head.is_placed_here:
        return 0
    known = any(r.is_placed_here or r.paragraph_place for r in story.reports)
    if not (known or head.new.is_fronted):
        return 0  # the story's place is guessed
    if vagueness(story.placed) > _TOWN or vagueness(head) > _TOWN:
        return 0
    if told.location.name == mine.location.name:
        return 0
    return head.new.is_fronted + (head.new.is_fronted or are_apart(told, mine))


def _is_another_act(story: Story, head: Report) -> bool:
    return all(r.act != head.act for r in story.reports)
