"""What checks ask, where it is asked at the desk as well.

A course that has some writes exercises/judges.py, which takes the place of this file.
"""

from collections.abc import Callable, Mapping
from typing import Any

JUDGES: Mapping[str, Callable[..., Any]] = {}
