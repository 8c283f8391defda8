"""A notebook as nbformat writes it, in a fraction of its time.

Python writes indented JSON piece by piece, with a generator for each level; nbformat copies the
whole notebook before. The text is the same to the byte (a test compares them).
"""

import json
from typing import Any

from nbformat.v4.rwbase import split_lines, strip_transient

quoted = json.encoder.encode_basestring


def notebook_text(notebook: Any) -> str:
    """The notebook as `nbformat.v4.writes_json` writes it; its long texts are split on the way."""
    return _text(strip_transient(split_lines(notebook)), "\n")


def _text(value: Any, line: str) -> str:
    """A value as JSON; `line` begins a line at its level."""
    if type(value) is str:
        return quoted(value)
    deeper = line + " "
    if isinstance(value, dict) and value:
        parts = [f"{quoted(key)}: {_text(value[key], deeper)}" for key in sorted(value)]
        return "{" + deeper + ("," + deeper).join(parts) + line + "}"
    if isinstance(value, list | tuple) and value:
        return (
            "[" + deeper + ("," + deeper).join(_text(part, deeper) for part in value) + line + "]"
        )
    return json.dumps(value)
