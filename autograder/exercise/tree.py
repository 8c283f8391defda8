"""Plain data and its frames: the grader's one door to what both sides of the trust line share.

They are defined in autograder/sandbox/inside/, which is all that the sandbox sees.
"""

from autograder.sandbox.inside.plain import plain_tree
from autograder.sandbox.inside.tree import Foreign, Named, Tree
from autograder.sandbox.inside.wire import encode

__all__ = ["Foreign", "Named", "Tree", "encode", "plain_tree"]
