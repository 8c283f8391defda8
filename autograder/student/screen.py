"""Print on any screen: where it has no ✓, plain signs stand for it.

Consoles of Windows speak cp1252 or cp437, some pipes ASCII; there `print("✓")` raises.
"""

import sys
import unicodedata

PLAIN = {
    "✓": "OK", "✗": "X", "–": "-", "−": "-", "×": "x", "·": "*", "…": "...", "½": "1/2", "≤": "<=",
    "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "∂": "d", "“": '"', "”": '"', "‘": "'", "’": "'",
}  # fmt: skip
"""What stands for a sign."""


def say(*lines: object) -> None:
    """Print each on a line of its own, in the signs that the screen has."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    for line in lines:
        print(in_signs_of(encoding, str(line)))


def in_signs_of(encoding: str, text: str) -> str:
    """The text, with what the encoding lacks in other words."""
    return "".join(c if _has(encoding, c) else _plain(c) for c in text)


def _has(encoding: str, sign: str) -> bool:
    try:
        return bool(sign.encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _plain(sign: str) -> str:
    """ŷ is y, σ is sigma: the letter without its marks, else the last word of its name."""
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return PLAIN.get(sign) or letters or unicodedata.name(sign, "?").rpartition(" ")[2].lower()
