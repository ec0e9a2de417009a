"""Tables that find themselves: every value of a kind in the modules of one of our packages."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol, TypeVar

    class Named(Protocol):
        """Anything with a name."""

        @property
        def name(self) -> str: ...  # noqa: D102 - a protocol's member

    N = TypeVar("N", bound=Named)


def modules(package: str) -> tuple[str, ...]:
    """Name the public modules of a package in order; those that start with `_` are private."""
    import os  # noqa: PLC0415 - keeps the module free to import
    from importlib import import_module  # noqa: PLC0415

    path = list(import_module(package).__path__)
    if all(os.path.isdir(folder) for folder in path):
        files = {name for folder in path for name in os.listdir(folder)}
        names = {name.removesuffix(".py") for name in files if name.endswith(".py")}
    else:
        # Inside a zip file; elsewhere pkgutil would cost 4 ms on every run.
        from pkgutil import iter_modules  # noqa: PLC0415

        names = {module.name for module in iter_modules(path)}
    return tuple(sorted(name for name in names if not name.startswith("_")))


def discover(package: str, kind: type[N]) -> Mapping[str, N]:
    """Map names to every module-level value of a kind; two of one name are a fault of ours."""
    from importlib import import_module  # noqa: PLC0415
    from types import MappingProxyType  # noqa: PLC0415

    table: dict[str, N] = {}
    for module in modules(package):
        for value in vars(import_module(f"{package}.{module}")).values():
            if isinstance(value, kind) and table.setdefault(value.name, value) is not value:
                message = f"two of {kind.__name__} are named {value.name!r}"
                raise TypeError(message)
    return MappingProxyType(table)
