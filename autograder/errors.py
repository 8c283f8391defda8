"""What can go wrong on the staff's side. A student's mistake is never an exception.

AutograderError
├── Misuse           the command was called with something that cannot be graded (exit 2)
└── GraderFault      the grader itself failed; no score may be made of it (exit 1)
    ├── SandboxError     a worker could not be started, or its self-test failed
    ├── WireError        a frame from the sandbox is malformed, late or too large
    └── SpecError        an exercise record contradicts itself

Each message states the fact, then the fix.
"""


class AutograderError(Exception):
    """Base of every error that this package raises on purpose."""


class Misuse(AutograderError):
    """The caller asked for something impossible: a missing folder, an unknown assignment."""


class GraderFault(AutograderError):
    """The grader failed; the submission is not to blame."""


class SandboxError(GraderFault):
    """No sandbox could be started, or one let a forbidden thing through."""


class WireError(GraderFault):
    """Bytes that are no well-formed frame. From a sandbox this is a failed check, not a crash."""


class SpecError(GraderFault):
    """An exercise record that contradicts itself."""
