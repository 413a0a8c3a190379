"""Frozen dataclasses that cost no more to build than plain ones.

A frozen dataclass sets each field through object.__setattr__: 2.2 µs for the state of a
feed, against 0.5 µs with plain assignments. A night builds them by the hundred thousand.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar, cast

T = TypeVar("T")
_TWIN_OF: dict[type[Any], Callable[[Any], Any]] = {}  # copies that may be changed


def quick_init(cls: type[T]) -> type[T]:
    """Give a frozen, slotted dataclass an __init__ of plain assignments; all else stays.

    While its fields are set, an object belongs to a twin class of the same slots that is
    not frozen. Not for classes that others derive from.
    """
    names = [field.name for field in fields(cast("Any", cls))]
    twin = type(cls.__name__, (), {"__slots__": tuple(names)})
    known: dict[str, Any] = {"cls": cls, "twin": twin, "set_field": object.__setattr__}
    assign = "".join(f"  self.{name} = {name}\n" for name in names)
    copy = "".join(f"  self.{name} = old.{name}\n" for name in names)
    source = (
        f"def __init__(self, {_parameters(cls, known)}):\n"
        f"  set_field(self, '__class__', twin)\n{assign}  self.__class__ = cls\n"
        f"def twin_of(old):\n  self = twin()\n{copy}  return self\n"
    )
    exec(source, known)  # noqa: S102 - as dataclasses does; field names are ours
    known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]
    _TWIN_OF[cls] = known["twin_of"]
    return cls


def changed(value: T, **changes: Any) -> T:
    """Do what dataclasses.replace does, four times as fast; AttributeError: no such field."""
    twin = _TWIN_OF[type(value)](value)
    for name, new in changes.items():
        setattr(twin, name, new)
    twin.__class__ = type(value)
    return cast("T", twin)


def _parameters(cls: type[Any], known: dict[str, Any]) -> str:
    parameters = []
    for field in fields(cls):
        if field.default_factory is not MISSING or not field.init or field.kw_only:
            raise TypeError(f"{cls.__name__}.{field.name} is out of the ordinary")
        if field.default is MISSING:
            parameters.append(field.name)
        else:
            known[f"default_{field.name}"] = field.default
            parameters.append(f"{field.name}=default_{field.name}")
    return ", ".join(parameters)
