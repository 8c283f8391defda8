"""Plain data and its frames: the grader's one door to what both sides of the trust line share.

They are defined in autograder/sandbox/inside/, which is all that the sandbox sees.
"""

from autograder.sandbox.inside.plain import plain_tree
from autograder.sandbox.inside.tree import Foreign, Named, Tree
from autograder.sandbox.inside.wire import LENGTH_BYTES, FrameError, decode, encode

__all__ = ["Foreign", "FrameError", "Named", "Tree", "as_received", "encode", "plain_tree"]


def as_received(value: Tree) -> Tree:
    """What a value is on the other side of the trust line; raises FrameError."""
    return decode(encode(value)[LENGTH_BYTES:])
