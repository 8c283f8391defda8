"""Write docs/attacks.md from real runs: `python -m tests.hostile.table`."""

from pathlib import Path

from tests.course import fixed_course
from tests.hostile.attack import EARNED, PROMISES, TARGET, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.test_attacks import Batch, run

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"
HEAD = """# Attacks, and what came of them

Made by `python -m tests.hostile.table` from the list in `tests/hostile/`; `tests/hostile/` runs it.
Each submission answers {honest:g} points' worth of exercises rightly and attacks beside them. The
points are those of `autograder grade` with bubblewrap and in the fallback, and of
`nbgrader autograde`. Fewer than {honest:g} means that an attack ruined its own process.

"""
WAYS = ("bubblewrap", "landlock", "nbgrader")


def main() -> None:
    """Run everything, and write the page."""
    with fixed_course():
        batches = {way: run(way) for way in WAYS}
    PAGE.write_text(page(batches))


def page(batches: dict[str, Batch]) -> str:
    """A table for each promise."""
    parts = [HEAD.format(honest=EARNED)]
    for promise, words in PROMISES.items():
        mine = [attack for attack in ATTACKS if attack.promise == promise]
        parts.append(f"## {words[0].upper()}{words[1:]}\n\n")
        parts.append("| attack | it | points | how it ended |\n|---|---|---|---|\n")
        parts += [row(attack, batches) for attack in mine]
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


def row(attack: Attack, batches: dict[str, Batch]) -> str:
    """One attack."""
    points = " / ".join(f"{batches[way].scores[attack.name]:g}" for way in WAYS)
    ended = how_it_ended(attack, batches["bubblewrap"].reports[attack.name])
    return f"{start_of(attack)} {points} | {ended} |\n"


def start_of(attack: Attack) -> str:
    """The part of the row that needs no run."""
    return f"| `{attack.name}` | {attack.tries} |"


def how_it_ended(attack: Attack, report: dict) -> str:
    """The function that attacked, or the cell, in a few words."""
    for exercise in report["exercises"]:
        if exercise["name"] in (TARGET, *attack.answers) and attack.answers:
            return f"{exercise['name']}: {exercise['status'].replace('_', ' ')}"
    failures = report["cell_failures"]
    kind = failures[0].partition("” ")[2].partition(":")[0] if failures else "it ran, for nothing"
    return "".join(c for c in kind if c.isalnum() or c in " ,")[:60].strip()


if __name__ == "__main__":
    main()
