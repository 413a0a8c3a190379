"""Quickly built dataclasses are frozen dataclasses in every other respect."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from tasks.model.feeds import FeedItem, FeedState
from tasks.model.quick import changed, quick_init


@dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: str | None = None
    c: tuple[str, ...] = ()


@quick_init
@dataclass(frozen=True, slots=True)
class Quick:
    a: int
    b: str | None = None
    c: tuple[str, ...] = ()


def test_it_takes_the_same_arguments_and_keeps_its_defaults() -> None:
    plain, quick = inspect.signature(Plain), inspect.signature(Quick)
    assert [(p.name, p.default) for p in quick.parameters.values()] == [
        (p.name, p.default) for p in plain.parameters.values()
    ]
    assert Quick(1) == Quick(a=1, b=None, c=())
    assert repr(Quick(1, c=("x",))) == repr(Plain(1, c=("x",))).replace(
        "Plain", "Quick"
    )
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Quick(1, d=2)  # type: ignore[call-arg]


def test_it_is_frozen_and_has_no_room_for_other_names() -> None:
    value = Quick(1)
    assert type(value) is Quick
    with pytest.raises(FrozenInstanceError):
        value.a = 2  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        value.d = 2  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize(
    "value",
    [Quick(1, "b"), FeedState("u", etag="x"), FeedItem("f", "i", None, "u", "t")],
)
def test_copies_pickles_and_hashes_are_equal(value: object) -> None:
    twins = [pickle.loads(pickle.dumps(value)), copy.copy(value), replace(value)]  # type: ignore[type-var]
    assert twins == [value] * 3
    assert {type(twin) for twin in twins} == {type(value)}
    assert len({value, *twins}) == 1


def test_fields_it_could_not_set_are_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class WithFactory:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="names"):
        quick_init(WithFactory)


def test_a_changed_copy_is_frozen_too_and_leaves_the_first_alone() -> None:
    first = FeedState("u", etag="x", skip_hours=(1,))
    second = changed(first, etag=None, empty_streak=2)
    assert second == replace(first, etag=None, empty_streak=2)
    assert (type(second), first.etag) == (FeedState, "x")
    with pytest.raises(FrozenInstanceError):
        second.etag = "y"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        changed(first, no_such_field=1)
