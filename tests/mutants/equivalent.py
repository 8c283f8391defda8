"""Read equivalent.txt: the mutants that are right answers, each with its reason."""

import re
from pathlib import Path

LISTED = Path(__file__).with_name("equivalent.txt")
CHANGE = re.compile(r"(.*?)«(.*?) → (.*?)»(.*)")

Place = tuple[str, str]
"""("ps1 sigmoid", the change): names one mutant."""


def equivalent_mutants(text: str | None = None) -> dict[Place, str]:
    """The mutants that are listed, each with the reason above it."""
    found: dict[Place, str] = {}
    reason = ""
    for line in (LISTED.read_text() if text is None else text).splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif reason and line.strip():
            exercise, _, code = line.partition(": ")
            found.update({(exercise, change): reason for change in changes(code)})
    return found


def changes(code: str) -> list[str]:
    """The changes that one line stands for, as mutants are named."""
    match = CHANGE.fullmatch(code)
    if match is None:
        return [code]
    before, old, news, after = match.groups()
    return [f"{before}{old}{after} → {before}{new}{after}" for new in news.split(" | ")]
