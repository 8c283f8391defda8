"""A page as nbconvert's HTMLExporter leaves it, with what is the same on other pages parsed once.

That exporter reads each page with BeautifulSoup, sets an attribute here and there, and writes it
again. A parser keeps nothing of a part in which every element is opened and closed in order, and
which stands where no tag or text is half read: such a part is read alone as it is read in the page.
The head and each cell are such parts, and the frame is read with a tag in place of each. Where one
of them is not, or is in doubt, the whole page is parsed. Most parts need no parser (plain_html.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from itertools import chain, zip_longest

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

from autograder.nbgrader_plugin.plain_html import AROUND, MARK, NO_ALT, STANDIN, written

HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
BODY = re.compile(r"<body>.*</body>", re.DOTALL)
VOID = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
"""Closed as soon as they are opened."""
NOTEBOOK = "jp-Notebook"
FOCUSABLE = f".{NOTEBOOK} div.jp-Cell-inputWrapper, .{NOTEBOOK} div.jp-OutputArea-output"
"""What gets a tab stop: nothing in nbgrader's pages, unless a text brings it."""

Parsed = tuple[str, int]
"""Text as it is written again, and how many pictures in it had no description."""


@dataclass(frozen=True)
class Part:
    """A cell as it was rendered, and as it is written again; `alone` is None where that is open."""

    text: str
    alone: Parsed | None
    standin: str
    """What stands in the frame: space around a cell is read with what is beside it."""


def part_of(rendered: str) -> Part:
    """Parse a cell, if it can be parsed alone."""
    text = rendered.strip()
    before, after = rendered.split(text, 1) if text else ("", rendered)
    whole = text.startswith("<div") and text.endswith("</div>")
    alone = _alone(text) if whole else None
    return Part(text, alone, before + STANDIN + after)


def normal(frame: str, parts: Sequence[Part]) -> Parsed:
    """The page as HTMLExporter leaves it; the frame holds a standin for each part, in order."""
    whole = _filled(frame, [part.text for part in parts])
    return _in_parts(frame, parts) or _parsed(whole, tab_stops=True)


def _in_parts(frame: str, parts: Sequence[Part]) -> Parsed | None:
    head = HEAD.search(frame)
    body = head and BODY.search(frame, head.end())
    if head is None or body is None:
        return None
    around = _outer(frame[: head.start()], frame[head.end() : body.start()], frame[body.end() :])
    inner = _alone(body.group(), len(parts))
    own = [around, _head(head.group()), inner, *(part.alone for part in parts)]
    read = [part for part in own if part is not None]
    if len(read) < len(own):
        return None
    outer, first, second, *cells = (text for text, _ in read)
    page = _filled(outer, [first, _filled(second, cells)])
    return page, sum(missing for _, missing in read)


def _filled(frame: str, texts: Sequence[str]) -> str:
    """The frame with texts in the places of the standins."""
    pieces = frame.split(STANDIN)
    return "".join(chain.from_iterable(zip_longest(pieces, texts, fillvalue="")))


@lru_cache(maxsize=4)
def _head(text: str) -> Parsed | None:
    return _alone(text)


@lru_cache(maxsize=4)
def _outer(before: str, between: str, after: str) -> Parsed | None:
    """What is around head and body, with standins for both; None where it does not enclose them."""
    text = STANDIN.join((before, between, after))
    return _parsed(text) if NOTEBOOK not in text and _closed(text, 2) else None


def _alone(text: str, standins: int = 0) -> Parsed | None:
    """A part that begins and ends with a tag; None where its elements are not closed in order."""
    if NOTEBOOK in text:
        return None
    return written(text) or (_parsed(text) if _closed(text, standins) else None)


def _closed(text: str, standins: int) -> bool:
    """Are all elements closed in order, and standins read as elements, in the ordinary way?"""
    tags = read_tags(text)
    ordinary = [AROUND.issuperset(around) for around in tags.marks]
    return tags.finished and not tags.open and ordinary == [True] * standins


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
    tags = read_tags(text)
    return tags.open if tags.finished else None


def read_tags(text: str) -> "Tags":
    """Read a text as BeautifulSoup does."""
    tags = Tags(convert_charrefs=False)
    tags.feed(text)
    return tags


class Tags(HTMLParser):
    """Which elements are open, and whether any was closed that was not the last to be opened."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open: list[str] = []
        self.odd = False
        self.marks: list[list[str]] = []
        """What was open around each standin."""

    @property
    def finished(self) -> bool:
        """Was all of it closed in order, as far as it was closed, and read to its end?"""
        return not (self.odd or self.rawdata or self.cdata_elem)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """One more is open, unless it is closed at once."""
        if tag == MARK:
            self.marks.append([*self.open])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Opened and closed."""

    def handle_endtag(self, tag: str) -> None:
        """One is closed: the last to be opened, or this is odd."""
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.odd = True
