"""Records: frozen, compared by their fields, cheap to import."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest

from engine.model.place import Place
from engine.model.record import record, replace


@record
class Point:
    """A point."""

    x: int
    y: int = 0

    def shifted(self, by: int) -> Point:
        return replace(self, x=self.x + by)

    @property
    def is_origin(self) -> bool:
        return (self.x, self.y) == (0, 0)


@record
class Other:
    x: int
    y: int = 0


@record
class Empty:
    """Nothing."""


def test_a_record_takes_its_fields_in_order_and_by_name():
    assert (Point(1).x, Point(1).y) == (1, 0)
    assert Point(1, 2) == Point(y=2, x=1)
    for wrong in ((), (1, 2, 3)):
        with pytest.raises(TypeError):
            Point(*wrong)


def test_records_are_equal_by_kind_and_fields():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)
    assert Point(1, 2) != Other(1, 2)
    assert Point(1, 2) != (1, 2)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Empty() == Empty()


def test_a_record_cannot_be_changed():
    point = Point(1)
    with pytest.raises(AttributeError, match="Point is frozen: cannot change `x`"):
        point.x = 2
    with pytest.raises(AttributeError, match="cannot change `y`"):
        del point.y
    with pytest.raises(AttributeError):
        point.z = 1
    assert not hasattr(point, "__dict__")


def test_replacing_gives_a_copy():
    point = Point(1, 2)
    assert replace(point, y=5) == Point(1, 5)
    assert point == Point(1, 2)
    assert point.shifted(2) == Point(3, 2)
    with pytest.raises(TypeError):
        replace(point, z=1)


def test_a_record_keeps_its_methods_words_and_name():
    assert Point(0).is_origin
    assert Point.__doc__ == "A point."
    assert (Point.__name__, Point.__qualname__, Point.__module__) == ("Point", "Point", __name__)
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    assert str(Place("a.yaml", 1, 2)) == "a.yaml:1:2", "its own text comes first"


def test_a_record_can_be_matched_copied_and_pickled():
    match Point(1, 2):
        case Point(x, y=y):
            assert (x, y) == (1, 2)
    assert copy.deepcopy(Point(1, 2)) == Point(1, 2)
    assert pickle.loads(pickle.dumps(Place("a", 1))) == Place("a", 1)


def test_the_values_of_the_engine_cost_no_heavy_import():
    """A commit hook pays for every import, on every run."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "import engine.model.conditions, engine.model.facts, engine.model.rules\n"
        "import engine.model.verdicts, engine.errors\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    heavy = {"typing", "dataclasses", "enum", "pathlib", "datetime", "inspect", "re", "json"}
    assert loaded & heavy == set()
    assert {name.partition(".")[0] for name in loaded} <= {"engine", "__future__"}
