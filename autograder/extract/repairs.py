"""What had to be repaired in a submission, in words: one sentence each, and no reproach."""

from collections.abc import Iterator, Sequence

from autograder.extract.release import Original
from autograder.extract.student_cells import StudentCell


def same_text(one: str, other: str) -> bool:
    """Equal but for white space."""
    return one == other or "".join(one.split()) == "".join(other.split())


def repairs_of(
    original: Original, copies: Sequence[StudentCell], written: Sequence[StudentCell]
) -> Iterator[str]:
    """What became of one release cell: `copies` are the student's, `written` those with answers."""
    name = original.name
    if not name:
        return
    if not copies:
        yield _missing(original)
        return
    if original.locked:
        if any(not same_text(copy.source, original.source) for copy in copies):
            yield f"{_a(original)} was changed ({name}): it was put back."
    else:
        yield from _answer_repairs(original, copies, written)
    if any(copy.settings != original.settings for copy in copies):
        yield f"The nbgrader settings of a cell were changed ({name}): they were put back."


def _missing(original: Original) -> str:
    if original.locked:
        return f"{_a(original)} was missing ({original.name}): it was put back."
    return f"The answer cell {original.name} was missing: it was left empty."


def _answer_repairs(
    original: Original, copies: Sequence[StudentCell], written: Sequence[StudentCell]
) -> Iterator[str]:
    name = original.name
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


def _a(original: Original) -> str:
    tests = original.node.metadata.nbgrader.get("grade") and not original.answer
    return "A test cell" if tests else "A course cell"
