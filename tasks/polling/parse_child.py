"""The parsing child: jobs in on standard input, answers out on standard output.

Imports as little as it can (no event loop, feedparser only when a document needs it): a
run starts one.
"""

import importlib
import pickle
import resource
import struct
import sys
from dataclasses import fields
from operator import attrgetter
from typing import Any, BinaryIO, NamedTuple

from tasks.errors import FeedError
from tasks.model.feeds import FeedItem, ParsedFeed
from tasks.model.reasons import PollReason

MODULE = "tasks.polling.parse_child"
LENGTH = struct.Struct(">Q")  # of the message that follows
_MAX_MEMORY = 2 * 1024**3


class ParseJob(NamedTuple):
    """The arguments of parse_feed."""

    content: bytes
    headers: dict[str, str]
    base_url: str
    feed_url: str


class Flat(NamedTuple):
    """A ParsedFeed as tuples: frozen dataclasses pickle five times as slowly."""

    head: tuple[Any, ...]  # the fields before the items
    items: list[tuple[Any, ...]]
    tail: tuple[Any, ...]  # the fields behind them


_item_fields = attrgetter(*(field.name for field in fields(FeedItem)))
_feed_fields = attrgetter(*(field.name for field in fields(ParsedFeed)))
_ITEMS = [field.name for field in fields(ParsedFeed)].index("items")


def flattened(parsed: ParsedFeed) -> Flat:
    """Return the document as it is sent."""
    values = _feed_fields(parsed)
    items = list(map(_item_fields, parsed.items))
    return Flat(values[:_ITEMS], items, values[_ITEMS + 1 :])


def restored(flat: Flat) -> ParsedFeed:
    """Return the document a child sent."""
    items = tuple([FeedItem(*values) for values in flat.items])
    values: list[Any] = [*flat.head, items, *flat.tail]
    return ParsedFeed(*values)


def packed(value: object) -> bytes:
    """Return a message with its length in front."""
    message = pickle.dumps(value, protocol=5)
    return LENGTH.pack(len(message)) + message


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the parent closes its end."""
    from tasks.polling.parse import parse_feed

    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    _answer(answers, "ready")
    while head := requests.read(LENGTH.size):
        job: ParseJob = pickle.loads(  # noqa: S301 - our parent
            requests.read(LENGTH.unpack(head)[0])
        )
        try:
            parsed = parse_feed(
                job.content, job.headers, job.base_url, feed_url=job.feed_url
            )
            result: Flat | tuple[PollReason, str] = flattened(parsed)
        except FeedError as exc:
            result = (exc.reason, exc.detail)
        except MemoryError:
            result = (PollReason.TOO_LARGE, "needs too much memory to parse")
        _answer(answers, result)


def _answer(answers: BinaryIO, value: object) -> None:
    answers.write(packed(value))
    answers.flush()


if __name__ == "__main__":
    # As __main__ this module's classes would pickle under a name the parent lacks.
    importlib.import_module(MODULE).main(sys.stdin.buffer, sys.stdout.buffer)
