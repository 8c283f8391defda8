"""Functions that both sides of the trust line know by name, for arguments such as `f`.

A course that has some writes exercises/named.py, which takes the place of this file.
"""

from collections.abc import Callable, Mapping
from typing import Any

FUNCTIONS: Mapping[str, Callable[..., Any]] = {}
