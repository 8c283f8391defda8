"""What a student's cells printed and drew, and what a student wrote, made fit for any page.

One sanitiser for the feedback page and for nbgrader's: text, and pictures that are really
pictures. Each pass is linear in its text. HTML is shown as what it is, text: to clean it takes
time that grows as its square, and what remains of a table are its tags.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PICTURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}
"""Kinds of pictures that are shown, and how their files begin."""
DISPLAYED = "<IPython.core.display."
"""How the text begins of what IPython could only show as HTML."""
TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY = re.compile(r"&(?=#|amp|\w{1,32};)", re.IGNORECASE)
"""Where a character is named. Links are read twice: what is escaped once is a character again."""
SCRIPT_SCHEMES = "|".join(r"\s*".join(word) for word in ("javascript", "vbscript", "livescript"))
SCRIPT_LINK = re.compile(rf"({SCRIPT_SCHEMES})([\s\\]*):", re.IGNORECASE)
HTML_IN_TEX = re.compile(r"\\(?=(?:href|class|cssId|style|csname|require)(?![A-Za-z]))")
"""Commands of TeX by which a formula becomes HTML, with an address that macros may put together."""
BLANKS = re.compile(r"\s{40,}")
NONCHARACTERS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
UNSEEN = re.compile(rf"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{NONCHARACTERS}]")
"""What HTML does not count as characters: unseen, and its cleaner's time grows as their square."""
ZERO_WIDTH_SPACE = "\u200b"
OPENERS = re.compile(r"\\\\?[(\[]|\\begin|[*_`\[<>$&!|~]|^ *(?:[-+]|\d+[.)])", re.MULTILINE)
"""Where a renderer of markdown looks for an end, perhaps through all of the text that follows."""
TAG_STEPS = 8
"""So much more than the others a `<` costs the cleaner behind it."""
MOST_STEPS = 15_000_000
"""Signs times length, of all that a student wrote in a notebook: a long derivation is a million."""
MOST_LITERAL = 100_000
"""Characters of a text that is shown as it was typed."""


@dataclass(frozen=True)
class Shown:
    """One output that may stand in a page: `stream`, `error` or `display`.

    `text` is plain; `picture` is base64 of the `kind`, where there is one.
    """

    output: str
    text: str
    picture: str = ""
    kind: str = ""
    name: str = ""
    """Of a stream: stdout or stderr. Of an error: its class."""
    lines: tuple[str, ...] = ()
    """Of an error: its traceback."""


def harmless(outputs: Iterable[Any]) -> Iterator[Shown]:
    """Those outputs that are well-formed, with nothing active in them."""
    for output in outputs:
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield Shown("stream", plain(output.get("text")), name=name)
        elif kind == "error":
            lines = output.get("traceback")
            told = tuple(map(plain, lines)) if isinstance(lines, list | tuple) else ()
            yield Shown(
                "error", plain(output.get("evalue")), "", "", plain(output.get("ename")), told
            )
        elif kind in ("display_data", "execute_result"):
            yield from _display(output.get("data"))


def harmless_markdown(text: str) -> str:
    """Markdown in which no HTML tag begins and no link runs a script; in formulas there is no link.

    a<b means the same with a space. An entity could spell either, so that it stays as typed: what
    parts its letters has no width.
    """
    text = TAG_START.sub("< ", ENTITY.sub(f"&{ZERO_WIDTH_SPACE}", BLANKS.sub(_shorter, text)))
    text = SCRIPT_LINK.sub(rf"\1\2{ZERO_WIDTH_SPACE}:", text)
    return HTML_IN_TEX.sub(lambda found: found[0] + ZERO_WIDTH_SPACE, text)


class MarkdownBudget:
    """Keeps the markdown of one notebook within what a renderer manages in no time.

    What goes beyond is shown as it was typed, in a fence: nothing of it is lost.
    """

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def harmless(self, text: str) -> str:
        """The text as markdown, or, where that may take too long, as typed."""
        text = UNSEEN.sub("", text)
        signs = 1 + sum(1 for _ in OPENERS.finditer(text)) + TAG_STEPS * text.count("<")
        steps = len(text) * signs
        if steps > self._left:
            return as_typed(text)
        self._left -= steps
        return harmless_markdown(text)


def as_typed(text: str) -> str:
    """A fence that no run of backticks in the text can close."""
    cut = text if len(text) <= MOST_LITERAL else f"{text[:MOST_LITERAL]}\n… (cut)"
    fence = "`" * (max(map(len, re.findall(r"`+", cut)), default=0) + 3)
    return f"{fence}\n{cut}\n{fence}"


def plain(value: Any) -> str:
    """Text from a notebook (a string, or a list of them), without colours and half characters."""
    parts = value if isinstance(value, list | tuple) else [value]
    text = "".join(part for part in parts if isinstance(part, str))
    return ANSI.sub("", text).replace("\x1b", "").encode("utf-8", "replace").decode("utf-8")


def _display(bundle: Any) -> Iterator[Shown]:
    """A picture, and the text beside it; HTML alone is shown as text."""
    found = bundle if isinstance(bundle, dict) else {}
    text, page = plain(found.get("text/plain")), plain(found.get("text/html"))
    if page and (not text or text.startswith(DISPLAYED)):
        text = page
    for kind, begins in PICTURES.items():
        if picture := _picture(found.get(kind), begins):
            yield Shown("display", text, picture, kind)
            return
    if text:
        yield Shown("display", text)


def _picture(value: Any, begins: bytes) -> str:
    """The base64 of a picture without white space; empty where it is something else."""
    text = "".join(value.split()) if isinstance(value, str) else ""
    try:
        return text if base64.b64decode(text, validate=True).startswith(begins) else ""
    except (binascii.Error, ValueError):
        return ""


def _shorter(blanks: re.Match[str]) -> str:
    """A run of white space that no reader could tell from a shorter one."""
    return "\n\n" if "\n" in blanks[0] else " " * 40
