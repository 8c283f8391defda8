"""Read the two lists: mutants that are right answers, and names that are true by chance.

equivalent.txt: no grading may tell these mutants from the reference. true_names.txt: the mistake
that is named on some inputs is there on these, and another one on others.
"""

import re
from pathlib import Path

HERE = Path(__file__).parent
CHANGE = re.compile(r"(.*?)«(.*?) → (.*?)»(.*)")

Place = tuple[str, str]
"""("ps1 sigmoid", the change): names one mutant."""


def equivalent_mutants() -> dict[Place, str]:
    """The mutants that are right answers, each with the reason."""
    return read_list((HERE / "equivalent.txt").read_text())


def true_names() -> dict[Place, str]:
    """The mutants that have different mistakes on different inputs, each with the reason."""
    return read_list((HERE / "true_names.txt").read_text())


def read_list(text: str) -> dict[Place, str]:
    """The mutants that a text lists, each with the reason above it."""
    found: dict[Place, str] = {}
    reason = ""
    for line in text.splitlines():
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
