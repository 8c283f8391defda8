"""The note that `check` shows below ✓: the formula and its reason, which nothing said before.

It lies in examples.json compressed: a curtain, so that nobody reads it unawares, and not a lock.
"""

import base64
import html
import re
import zlib
from dataclasses import dataclass
from typing import Any

PICTURE = re.compile(r"<svg.*?</svg>", re.S)


def packed(text: str) -> str:
    """A note as it lies in examples.json; nothing for none."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode() if text else ""


def unpacked(text: str) -> str:
    """The note again; raises ValueError, or zlib.error, where it is damaged."""
    return zlib.decompress(base64.b64decode(text, validate=True)).decode() if text else ""


@dataclass(frozen=True)
class Note:
    """Markdown, between which SVG pictures may stand."""

    text: str

    @property
    def words(self) -> str:
        """The note without its pictures."""
        return re.sub(r"\n{3,}", "\n\n", PICTURE.sub("", self.text)).strip()

    def __repr__(self) -> str:
        return "\n".join(f"  {line}" if line else "" for line in self.words.splitlines())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/markdown": self.words}

    @property
    def pictures(self) -> tuple["Picture", ...]:
        """Its pictures, which only a notebook can show."""
        return tuple(map(Picture, PICTURE.findall(self.text)))


@dataclass(frozen=True)
class Picture:
    """SVG, shown as a part of the page: Markdown would be cleansed of it."""

    svg: str

    def __repr__(self) -> str:
        alt = re.search(r'aria-label="([^"]*)"', self.svg)
        return f"  (a picture: {html.unescape(alt[1])})" if alt else "  (a picture)"

    def _repr_html_(self) -> str:
        return f'<div style="max-width:100%">{self.svg}</div>'
