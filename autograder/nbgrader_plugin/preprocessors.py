"""The two steps in nbgrader's chains that are ours."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells

MARKERS = ("BEGIN SOLUTION", "END SOLUTION")


class RestoreHiddenLines(OverwriteCells):  # type: ignore[misc]
    """OverwriteCells, without its warning for each hidden line that it brings back.

    What a student really changed was put right before, and is told in the notebook.
    """

    def report_change(self, name: str, attr: str, old: Any, new: Any) -> None:
        """Said only to those who debug."""
        self.log.debug("%s of cell %s was restored", attr, name)


class ClearMarkers(NbGraderPreprocessor):  # type: ignore[misc]
    """Makes clean answer notebooks: the lines that mark where a solution begins and ends go."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """One cell, without its marker lines."""
        lines = cell.source.split("\n")
        kept = [line for line in lines if not any(marker in line for marker in MARKERS)]
        cell.source = "\n".join(kept).strip("\n")
        cell.metadata.get("nbgrader", {}).pop("checksum", None)
        return cell, resources
