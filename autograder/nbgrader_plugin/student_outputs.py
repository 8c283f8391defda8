"""Outputs of student code, made fit to stand in a page that staff open while signed in.

nbgrader's formgrader page shows HTML as it comes, so nothing active may get into the notebook.
"""

import re
from collections.abc import Iterable
from typing import Any

from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.v4 import new_output

BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY = re.compile(r"&(?=#?\w{1,32};)")
SCRIPT_SCHEMES = "|".join(r"\s*".join(word) for word in ("javascript", "vbscript", "livescript"))
SCRIPT_LINK = re.compile(rf"({SCRIPT_SCHEMES})([\s\\]*):", re.IGNORECASE)
ZERO_WIDTH_SPACE = "\u200b"


def harmless_outputs(outputs: Iterable[Any]) -> list[Any]:
    """Those outputs that are well-formed, as nbformat nodes without anything active in them."""
    cleaned = (_harmless(output) for output in outputs if isinstance(output, dict))
    return [output for output in cleaned if output is not None]


def harmless_markdown(text: str) -> str:
    """Markdown in which no HTML tag begins and no link runs a script, also in formulas.

    a<b means the same with a space. An entity could spell either, so that it stays as typed.
    """
    text = TAG_START.sub("< ", ENTITY.sub("&amp;", text))
    return SCRIPT_LINK.sub(rf"\1\2{ZERO_WIDTH_SPACE}:", text)


def _harmless(output: dict[str, Any]) -> Any:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return new_output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        return new_output(
            "error",
            ename=_text(output.get("ename")),
            evalue=_text(output.get("evalue")),
            traceback=[_text(line) for line in lines] if isinstance(lines, list | tuple) else [],
        )
    if kind in ("display_data", "execute_result"):
        data = _harmless_data(output.get("data"))
        return new_output(kind, data=data) if data else None
    return None


def _harmless_data(bundle: Any) -> dict[str, str]:
    """Text, pictures and cleaned HTML; scripts, widgets and drawings with scripts go."""
    found = bundle if isinstance(bundle, dict) else {}
    data = {kind: _text(found[kind]) for kind in ("text/plain",) if kind in found}
    for kind in ("image/png", "image/jpeg"):
        if BASE64.fullmatch(_text(found.get(kind))) and found.get(kind):
            data[kind] = _text(found[kind])
    if "text/html" in found:
        page = _text(found["text/html"])
        cleaned = SanitizeHTML().sanitize_html_tags(page)
        # of a table there would be nothing left but its tags, to be read: its text is better
        if "text/plain" not in data or cleaned.count("&lt;") <= page.count("&lt;"):
            data["text/html"] = cleaned
    return data


def _text(value: Any) -> str:
    parts = value if isinstance(value, list | tuple) else [value]
    text = "".join(part for part in parts if isinstance(part, str))
    return text.encode("utf-8", "replace").decode("utf-8")
