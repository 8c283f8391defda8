"""What had to be repaired in a submission, in words: one sentence each, and no reproach."""

from collections.abc import Iterator, Sequence
from typing import Any

from autograder.extract.release import grade_id_of, is_answer, is_locked
from autograder.extract.student_cells import StudentCell, settings_of


def same_text(one: str, other: str) -> bool:
    """Equal but for white space."""
    return "".join(one.split()) == "".join(other.split())


def repairs_of(
    original: Any, copies: Sequence[StudentCell], written: Sequence[StudentCell]
) -> Iterator[str]:
    """What became of one release cell: `copies` are the student's, `written` those with answers."""
    name = grade_id_of(original)
    if not name:
        return
    if not copies:
        yield _missing(original, name)
        return
    if is_locked(original):
        if any(not same_text(copy.source, original.source) for copy in copies):
            yield f"{_a(original)} was changed ({name}): it was put back."
    else:
        yield from _answer_repairs(original, name, copies, written)
    if any(copy.settings != settings_of(original.metadata.nbgrader) for copy in copies):
        yield f"The nbgrader settings of a cell were changed ({name}): they were put back."


def _missing(original: Any, name: str) -> str:
    if is_locked(original):
        return f"{_a(original)} was missing ({name}): it was put back."
    return f"The answer cell {name} was missing: it was left empty."


def _answer_repairs(
    original: Any, name: str, copies: Sequence[StudentCell], written: Sequence[StudentCell]
) -> Iterator[str]:
    if len(written) > 1:
        times = len(written)
        yield f"The cell {name} was there {times} times: the last one counts, the others run first."
    last = (written or copies)[-1]
    if last.cell_type != original.cell_type:
        yield (
            f"The cell {name} had been turned into {last.cell_type}: "
            f"it is {original.cell_type} again."
        )
    if last.renamed:
        yield f"The cell {name} had lost its nbgrader name: it was recognised by its cell id."


def _a(original: Any) -> str:
    marks = original.metadata.nbgrader
    return "A test cell" if marks.get("grade") and not is_answer(original) else "A course cell"
