"""A student's name is data: one form of it for file names, one for terminals, one for tables.

A name may hold anything that a file's name may, and more: control characters, formulas, bytes
that are not text, 10,000 characters.
"""

import re
import unicodedata
from hashlib import sha256

PLAIN = re.compile(r"[a-z0-9_+()@-]([a-z0-9_+()@. -]{0,148}[a-z0-9_+()@-])?")
"""Names that are file names as they are: the same on every system, however it treats letters."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""What Windows takes for devices."""
READABLE_BYTES = 150
"""Of a name that is not plain, so much is kept for the eye; with digest and suffix: below 255."""
MARK = "~"
"""Stands before a digest, and in no plain name."""
FORMULA = frozenset("=+-@|\N{MINUS SIGN}")
"""How a cell begins that a spreadsheet may run, also in full-width letters."""
NEXT_CELL = re.compile(r"([;,]) *(?=(\S))")
"""Where a spreadsheet that parts cells otherwise would begin another one."""


def file_name(student: str) -> str:
    """A student's name as a file name, without its suffix.

    Different names have different ones, also where case or composed letters make no difference;
    none leaves the folder, is hidden, or is too long for a file system.
    """
    if PLAIN.fullmatch(student) and not RESERVED.fullmatch(student):
        return student
    kept = "".join(c if c.isalnum() or c in "-_.@+ ()" else "_" for c in student[:READABLE_BYTES])
    readable = kept.encode("utf-8")[:READABLE_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"{readable or '_'}{MARK}{_digest(student)}"


def printable(text: str) -> str:
    r"""Text for a terminal or a line: what moves the cursor or hides is spelled, `\x1b`."""
    return "".join(c if c.isprintable() else _spelled(c) for c in text)


def harmless(cell: str) -> str:
    """Text for a cell of a table: one line, and never a formula, for any spreadsheet."""
    line = NEXT_CELL.sub(lambda at: at[0] + "'" * _runs(at[2]), printable(cell))
    return "'" * _runs(line.lstrip()[:1]) + line


def _runs(sign: str) -> bool:
    return unicodedata.normalize("NFKC", sign) in FORMULA


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
