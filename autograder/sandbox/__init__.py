"""Run untrusted notebooks apart from the grader: `Sandbox` runs jobs, `layers` says what holds.

The names are imported when first used, for `inside/wire.py` is needed by all and must stay light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.sandbox.doctor import Layer, layers
    from autograder.sandbox.pool import Sandbox

__all__ = ["Layer", "Sandbox", "layers"]

_HOMES = {"Sandbox": "pool", "Layer": "doctor", "layers": "doctor"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
