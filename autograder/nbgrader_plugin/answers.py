"""Clean answer notebooks: what `nbgrader generate_solution` leaves in is taken out."""

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

MARKERS = ("BEGIN SOLUTION", "END SOLUTION")


class ClearMarkers(NbGraderPreprocessor):  # type: ignore[misc]
    """Removes the lines that mark where a solution begins and ends, and the checksums."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """One cell, without its marker lines."""
        lines = cell.source.split("\n")
        kept = [line for line in lines if not any(marker in line for marker in MARKERS)]
        cell.source = "\n".join(kept).rstrip("\n")
        cell.metadata.get("nbgrader", {}).pop("checksum", None)
        return cell, resources
