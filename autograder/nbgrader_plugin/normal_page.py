"""A page as nbconvert's HTMLExporter leaves it, with what is the same on other pages parsed once.

That exporter reads each page with BeautifulSoup, sets an attribute here and there, and writes it
again. A parser keeps nothing of a part in which every element is opened and closed in order, and
which ends where no tag or text is half read: such a part is read alone as it is read in the page.
The head, but for <html> itself, and all cells before the last are such parts. Where one is not,
or is in doubt, the whole page is parsed.
"""

import re
from functools import lru_cache
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
CELL = re.compile(r'(?=<div\s+(?:id="[^"<>]*"\s+)?class="cell border-box-sizing)')
STANDINS = "<head></head>", "<autograder-cells></autograder-cells>"
"""What is parsed in place of the head, and of the cells."""
VOID = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
"""Closed as soon as they are opened."""
AROUND = {"html", "body", "main", "div"}
"""In these a parser treats text and spaces in the ordinary way."""
HELD, LONGEST = 256, 64_000
"""So many parts are remembered, each of so many characters at most; heads are longer."""
NO_ALT = "No description has been provided for this image"
FOCUSABLE = ".jp-Notebook div.jp-Cell-inputWrapper, .jp-Notebook div.jp-OutputArea-output"

Parsed = tuple[str, int]
"""Text as it is written again, and how many pictures in it had no description."""


def normal(page: str) -> Parsed:
    """The page as HTMLExporter leaves it."""
    return _in_parts(page) or _parsed(page, tab_stops=True)


def _in_parts(page: str) -> Parsed | None:
    head = HEAD.search(page)
    if head is None:
        return None
    before, (start, *cells, last) = page[: head.start()], _split(page[head.end() :])
    if not (_leaves_open(before) and _leaves_open(before + STANDINS[0] + start)):
        return None
    rest = before + STANDINS[0] + start + STANDINS[1] + last
    parts = [_head(head.group()), *map(_cell, cells)]
    if open_after(rest) != [] or None in parts:
        return None
    return _joined(_parsed(rest), [part for part in parts if part is not None])


def _split(body: str) -> list[str]:
    """What stands before the first cell, each cell, and the last with what follows it."""
    parts = CELL.split(body)
    return parts if len(parts) > 1 else ["", *parts]


def _leaves_open(text: str) -> bool:
    """Is the text read to its end, and nothing open but what encloses a page?"""
    left = open_after(text)
    return left is not None and AROUND.issuperset(left)


def _joined(rest: Parsed, parts: list[Parsed]) -> Parsed | None:
    """The parts in their places; None where those are in doubt, or nbconvert does more to them."""
    head, *cells = (text for text, _ in parts)
    texts = rest[0]
    for standin, text in zip(STANDINS, (head, "".join(cells)), strict=True):
        before, found, after = texts.partition(standin)
        if not found or standin in after:
            return None
        texts = before + text + after
    missing = rest[1] + sum(count for _, count in parts)
    return None if "jp-Notebook" in texts else (texts, missing)


def _cell(text: str) -> Parsed | None:
    return (_part if len(text) <= LONGEST else _part.__wrapped__)(text)


@lru_cache(maxsize=HELD)
def _part(text: str) -> Parsed | None:
    """A part by itself; None where it cannot stand alone."""
    return _parsed(text) if open_after(text) == [] else None


@lru_cache(maxsize=4)
def _head(text: str) -> Parsed | None:
    return _part.__wrapped__(text)


def _parsed(text: str, tab_stops: bool = False) -> Parsed:
    """What HTMLExporter does: a word for pictures without one, and a tab stop for each cell."""
    soup = BeautifulSoup(text, features="html.parser")
    pictures = [picture for picture in soup.find_all("img") if "alt" not in picture.attrs]
    for picture in pictures:
        picture.attrs["alt"] = NO_ALT
    for cell in soup.select(FOCUSABLE) if tab_stops else ():
        cell.attrs["tabindex"] = "0"
    return str(soup), len(pictures)


def open_after(text: str) -> list[str] | None:
    """The elements that are open behind a text; None where they are not closed in order."""
    tags = _Tags(convert_charrefs=False)  # as BeautifulSoup has it
    tags.feed(text)
    return None if tags.odd or tags.rawdata or tags.cdata_elem else tags.open


class _Tags(HTMLParser):
    """Which elements are open, and whether any was closed that was not the last to be opened."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open: list[str] = []
        self.odd = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.odd = True
