"""Every number that an instructor may want to change, in one place."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CORES_PER_PROCESS = 4
Isolation = Literal["auto", "bubblewrap", "landlock", "none"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use over all its runs. Seconds waiting for a core are not counted."""

    cell_seconds: float = 20.0
    call_seconds: float = 5.0
    submission_seconds: float = 120.0
    wall_factor: float = 4.0
    """On a busy machine each of these may take so many times as long on the clock on the wall."""
    memory_bytes: int = 2 * 2**30
    processes: int = 64
    """Threads count; new processes are refused altogether."""
    output_bytes: int = 2**20
    """What all cells together may print and draw; the rest is cut, with a note."""
    answer_bytes: int = 16 * 2**20
    """What all calls together may return, as it lies in memory."""
    scratch_bytes: int = 64 * 2**20
    scratch_files: int = 2_000
    notebook_bytes: int = 20 * 2**20
    """A larger submitted file is not read."""
    notebook_cells: int = 2_000
    """Nor one of more cells."""
    notebook_values: int = 1_000_000
    """Nor one of more parts: three bytes of JSON may take seventy of memory."""
    code_bytes: int = 2 * 2**20
    """Nor one with more code (a character is a byte); pictures, texts and outputs are not code."""


@dataclass(frozen=True)
class AskLimits:
    """What a submission may ask of right functions that stand in for its own wrong ones."""

    per_call: int = 500
    per_submission: int = 5_000
    argument_bytes: int = 2**18
    argument_elements: int = 10_000
    """Of all arrays in one question; no axis is longer, either."""
    value_bytes: int = 2**20
    cpu_seconds: int = 2
    """For one answer."""
    memory_bytes: int = 2**30
    failures: int = 2
    """So often may a submission bring the answering process down before it gets no answer."""


@dataclass(frozen=True)
class Marking:
    """How much of a check's points a nearly right answer earns."""

    orientation_share: float = 0.5
    """The right numbers as (n, 1) for (n,), or the reverse."""
    changed_share: float = 0.5
    """The right numbers, and an argument changed that the text asks to leave as it is."""


@dataclass(frozen=True)
class GradeRequest:
    """What `autograder grade` was asked for."""

    path: Path
    """A submitted/ tree, a folder of notebooks, or one notebook."""
    assignment: str
    out: Path
    outputs: bool = False
    """Keep what cells print and draw."""
    workers: int | None = None
    """None: one for each core."""
    isolation: Isolation = "auto"
    fresh: bool = False
    """Grade again what has not changed."""
    scheduler: str | None = None
    """The address of a Dask scheduler."""
    local_cluster: bool = False
    """Dask workers on this machine."""
    limits: Limits = Limits()

    @property
    def processes(self) -> int:
        """How many graders share the work here: one interpreter keeps about four cores busy."""
        return max(1, round((self.workers or os.cpu_count() or 1) / CORES_PER_PROCESS))

    @property
    def on_cluster(self) -> bool:
        """Are the sandboxes somebody else's?"""
        return self.scheduler is not None or self.local_cluster
