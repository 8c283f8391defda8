"""Which outputs of student cells may stand in a page: text, and pictures that are really PNG."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from autograder.records import Outcome

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def shown_outputs(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The outputs that are safe to show: ("text", …) and ("image", base64 PNG)."""
    for cell in outcome.cells:
        for output in cell.outputs:
            if output.get("output_type") == "stream":
                yield "text", _text(output.get("text"))
            elif output.get("output_type") == "error":
                yield "text", f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
            else:
                yield from _rich(output.get("data"))


def _rich(data: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict):
        return
    image = data.get("image/png")
    if isinstance(image, str) and _is_png(image):
        yield "image", "".join(image.split())
    elif "text/plain" in data:
        yield "text", _text(data["text/plain"])


def _is_png(text: str) -> bool:
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(b"\x89PNG")
    except (binascii.Error, ValueError):
        return False


def _text(value: Any) -> str:
    return ANSI.sub("", value) if isinstance(value, str) else ""
