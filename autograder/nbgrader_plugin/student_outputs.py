"""A student's outputs as nbformat nodes, for the notebook that staff open while signed in.

nbgrader's formgrader page shows HTML as it comes, so nothing active may get into the notebook.
"""

from collections.abc import Iterable
from typing import Any

from nbformat.v4 import new_output

from autograder.report.sanitise import Shown, harmless


def output_nodes(outputs: Iterable[Any]) -> list[Any]:
    """What report/sanitise.py leaves of them."""
    return [_node(shown) for shown in harmless(outputs)]


def _node(shown: Shown) -> Any:
    if shown.output == "stream":
        return new_output("stream", name=shown.name, text=shown.text)
    if shown.output == "error":
        traceback = list(shown.lines)
        return new_output("error", ename=shown.name, evalue=shown.text, traceback=traceback)
    data = {"text/plain": shown.text} if shown.text else {}
    if shown.picture:
        data[shown.kind] = shown.picture
    return new_output("display_data", data=data)
