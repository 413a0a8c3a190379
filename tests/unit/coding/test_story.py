"""A story works out its defining report, day and place once, for the reports it has."""

from tasks.coding.dates.resolve import DateContext
from tasks.coding.reading.document import Reading, Trigger, read_document
from tasks.coding.reading.lexicon import Form, load_lexicon, spaced
from tasks.coding.roles.roles import Roles
from tasks.coding.stories.reports import Report
from tasks.coding.stories.status import Status
from tasks.coding.stories.story import Story
from tasks.model.coding import Document, EventDate, TemporalStatus
from tasks.reference.actors import load_actors

TEXT = "Fighting in Goundam\n\nSoldiers died. Rebels attacked a camp on Saturday."
_PUBLICATION = EventDate(None, None, 2, 2, None, "publication")


def _reading() -> Reading:
    document = Document("d", TEXT, "Fighting in Goundam")
    matches = load_lexicon().all_matches(spaced(TEXT.lower()))
    return read_document(document, matches, load_actors(), DateContext(None), None)


def _report(reading: Reading, word: str, act: str, *, dated: bool) -> Report:
    at = TEXT.index(word)
    view = reading.view_at(at)
    form = Form(act, act, "T", 3, "v", "past")
    trigger = Trigger(at, at + len(word), view.sentence.index, form)
    roles, status = Roles(trigger), Status(TemporalStatus.REPORTED, "R-STATUS-REPORTED")
    return Report(
        roles, status, view, act, 3, at, view.sentence.paragraph, _PUBLICATION, None,
        dated, None, False, 0,
    )  # fmt: skip


def test_a_report_added_later_may_become_the_one_that_defines_the_story() -> None:
    reading = _reading()
    death = _report(reading, "died", "death", dated=False)
    attack = _report(reading, "attacked", "attack", dated=True)
    story = Story([death])
    assert story.anchor is death
    assert story.dated is death
    story.reports.append(attack)
    assert story.anchor is attack
    assert story.dated is attack
    assert story.near == [death, attack]


def test_asking_twice_gives_the_same_answer() -> None:
    reading = _reading()
    story = Story([_report(reading, "attacked", "attack", dated=True)])
    assert story.near is story.near
    assert story.placed is story.placed
