"""Plain HTML as BeautifulSoup writes it again, without BeautifulSoup.

What nbconvert makes of a cell is nearly always plain: known elements, closed in order, attributes
in quotes, the usual references. Such a text is the same again but for small things, which need no
tree. Whatever is not plain, or in doubt, has no answer here.
"""

import re
import secrets
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

MARK = f"autograder-{secrets.token_hex(8)}"
"""The element that stands for a part that is read elsewhere. No student can guess it."""
STANDIN = f"<{MARK}></{MARK}>"
AROUND = {"html", "body", "main", "div"}
"""In these a parser treats text and spaces in the ordinary way; a part may stand in them."""
KEEPS_SPACE = "pre"
NO_ALT = "No description has been provided for this image"
VOID = {"br", "hr", "img"}
KNOWN = (
    VOID
    | AROUND
    | {MARK, KEEPS_SPACE, "a", "b", "blockquote", "code", "dd", "del", "dl", "dt", "em", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "i", "li", "ol", "p", "span", "strong", "sub", "sup", "table"}
    | {"tbody", "td", "th", "thead", "tr", "u", "ul"}
)
LISTS = {"accesskey", "dropzone", "headers", "rel", "rev"}
"""Attributes that BeautifulSoup takes for lists of words, in some elements; `class` is in all."""
TAGS = re.compile(r"(<[^<>]*>)")
TAG = re.compile(r'<(/?)([a-z][a-z0-9-]*)((?:[ \n]+[a-z][a-z-]*="[^"&]*")*)[ \n]*(/?)>')
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
NAMES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\xa0"}
REFERENCE = re.compile(rf"&(?:({'|'.join(NAMES)})|#([0-9]{{2,5}})|#x([0-9a-f]{{2,4}}));")
UNUSUAL = re.compile("[^\\n -~\xa0-\ud7ff\U0001f000-\U0001ffff]")
"""Characters that may stand for others where a number names them."""
SPACES = " \n\t\f\r"
SHORT = 200
"""Characters. Longer tags hold a picture, and come once."""


class Tag(NamedTuple):
    """One tag: how it is written, and how many descriptions were missing in it."""

    name: str
    closes: bool
    text: str
    missing: int


def written(text: str) -> tuple[str, int] | None:
    """What BeautifulSoup leaves of a text with html.parser; None where it is not plain.

    Images without a description get one; the second value is how many did.
    """
    pieces = TAGS.split(text)
    done: list[str] = []
    opened: list[str] = []
    missing = 0
    for words, markup in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        if words:
            again = _words(words, KEEPS_SPACE in opened)
            if again is None:
                return None
            done.append(again)
        if markup:
            tag = (_tag if len(markup) <= SHORT else _tag.__wrapped__)(markup)
            if tag is None or not _moves(tag, opened):
                return None
            done.append(tag.text)
            missing += tag.missing
    return None if opened else ("".join(done), missing)


def _moves(tag: Tag, opened: list[str]) -> bool:
    """Open or close an element; False where it is not the turn of this one."""
    if tag.closes:
        return bool(opened) and opened.pop() == tag.name
    if tag.name == MARK and not AROUND.issuperset(opened):
        return False
    if tag.name not in VOID:
        opened.append(tag.name)
    return True


@lru_cache(maxsize=4096)
def _tag(markup: str) -> Tag | None:
    """A tag of a known element; None for any other."""
    found = TAG.fullmatch(markup)
    if found is None or found[2] not in KNOWN:
        return None
    slash, name, rest, end = found.groups()
    if slash:
        return None if rest or end or name in VOID else Tag(name, True, f"</{name}>", 0)
    attributes = [
        (key, " ".join(value.split()) if key == "class" else value)
        for key, value in ATTRIBUTE.findall(rest)
    ]
    twice = len(dict(attributes)) < len(attributes)
    odd = any(key in LISTS and value != " ".join(value.split()) for key, value in attributes)
    if twice or odd or (end and name not in VOID):
        return None
    missing = name == "img" and "alt" not in dict(attributes)
    attributes += [("alt", NO_ALT)] if missing else []
    said = "".join(f' {key}="{value}"' for key, value in sorted(attributes))
    return Tag(name, False, f"<{name}{said}{'/' if name in VOID else ''}>", int(missing))


def _words(words: str, kept: bool) -> str | None:
    """Text between two tags; None where a reference in it is unknown."""
    if not kept and not words.strip(SPACES):
        return "\n" if "\n" in words else " "
    if "<" in words or "\0" in words:
        return None
    if "&" in words:
        if len(REFERENCE.findall(words)) < words.count("&"):
            return None
        words = REFERENCE.sub(_character, words)
        if UNUSUAL.search(words):
            return None
        words = words.replace("&", "&amp;").replace("<", "&lt;")
    return words.replace(">", "&gt;")


def _character(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return NAMES[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))
