"""Where in the notebook an exercise is taught: the heading before its cell."""

import re
from typing import Any

HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def sections(notebook: Any) -> dict[str, str]:
    """Exercise name → title of its section, in a release notebook; "" → the notebook's own."""
    found: dict[str, str] = {}
    title = ""
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and (headings := HEADING.findall(cell.source)):
            title = plain(headings[-1])
            found.setdefault("", plain(headings[0]))
        elif title and marks.get("solution") and not marks.get("grade"):
            found[str(marks["grade_id"])] = title
    return found


def plain(heading: str) -> str:
    """A heading without the signs of markdown; formulas keep their letters."""
    return " ".join(re.sub(r"[*`$]|\\[a-z]+|[{}]", "", heading).split())
