"""Model values as JSON and back; the only place that knows how."""

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


def dump(value: object) -> str:
    """Return the value as compact JSON; times keep their zone, enums become their value."""
    return _adapter(cast("Any", type(value))).dump_json(value).decode()


def load(kind: type[T], text: str) -> T:
    """Return the value that `dump` wrote; text of another shape is a ValueError."""
    adapter: TypeAdapter[T] = _adapter(cast("Any", kind))
    return adapter.validate_json(text)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # building one costs milliseconds
    return TypeAdapter(kind)
