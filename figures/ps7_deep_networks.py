"""Write the pictures of ps7: a residual layer, and the recursion with its answers left open.

Run it from the course's folder: python figures/ps7_deep_networks.py
"""

import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(COURSE))

from exercises.ps7_deep_networks import pictures  # noqa: E402  found in the course's folder

TARGET = COURSE / "source" / "ps7_deep_networks"


def main() -> None:
    """Write both pictures; the same bytes each time."""
    (TARGET / "residual.svg").write_text(pictures.residual(), "ascii")
    (TARGET / "recursion.svg").write_text(pictures.recursion(answers=False), "ascii")


if __name__ == "__main__":
    main()
